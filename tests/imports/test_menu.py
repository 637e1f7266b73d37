"""Services, products and price lists."""

from salon.catalog.queries import product_by_code, service_by_code
from tests.imports.conftest import counts, refusals, warnings

SERVICES = (
    "کد,نام,گروه,قیمت,مدت,فعال\nK1,کوتاهی بلند,مو,۵۰۰٬۰۰۰,۴۵,بله\nK2,,مو,0,,خیر\nK3,رنگ,مو,300.000 تا 900.000,90,\n"
)
TARIFF = """city,approved,row,service,price
شیراز,1390,1,اصلاح ابرو,35000
بندرلنگه,1393,1,دستمزد آرايش عروس,1.000.000
بندرلنگه,1393,2,آرایش صورت کامل,-----------
بندرلنگه,1393,9,دستمزد رنگ كردن موي بلند,60.000 تا 100.000
بندرلنگه,1393,10,کوتاهی,۵۰هزار
"""
BY_CITY = """
[columns]
code = ["city", "row"]
name = "service"
price = "price"
[filter]
city = "بندرلنگه"
"""


def test_services_come_with_price_range_and_duration(bring_in):
    report = bring_in("services", SERVICES)
    assert counts(report) == (3, 0, 0)
    assert warnings(report) == [(3, "name_missing")]
    cut, nameless, color = (service_by_code(code) for code in ("K1", "K2", "K3"))
    assert (cut.price, cut.duration, cut.active, cut.category) == (500_000, 45, True, "مو")
    assert (nameless.name, nameless.duration, nameless.active) == ("K2", 60, False)
    assert (color.price, color.price_to) == (300_000, 900_000)


def test_again_changes_nothing_and_a_new_price_only_that(bring_in):
    bring_in("services", SERVICES)
    assert counts(bring_in("services", SERVICES)) == (0, 0, 3)
    assert counts(bring_in("services", SERVICES.replace("۵۰۰٬۰۰۰", "۵۵۰٬۰۰۰"))) == (0, 1, 2)
    assert service_by_code("K1").price == 550_000
    assert counts(bring_in("services", "کد,قیمت\nK1,۶۰۰٬۰۰۰\n")) == (0, 1, 0)
    assert service_by_code("K1").duration == 45


def test_a_price_list_is_taken_by_city_and_says_what_it_lacks(bring_in):
    report = bring_in("services", TARIFF, BY_CITY)
    assert counts(report) == (2, 0, 0)
    assert report.left_out == 1
    assert refusals(report) == [(4, "price_missing"), (6, "amount_invalid")]
    bride = service_by_code("بندرلنگه 1")
    assert (bride.name, bride.price, bride.price_to) == ("دستمزد آرایش عروس", 1_000_000, None)
    assert service_by_code("بندرلنگه 9").price_to == 100_000


def test_products_come_with_brand_and_money_scale(bring_in):
    text = "Code,Description,Brand,Price\nDMPM,Puff me,DM,19.5\nMISC,,,0\n"
    mapping = (
        '[columns]\ncode = "Code"\nname = "Description"\nbrand = "Brand"\nprice = "Price"\n[format]\nmoney_scale = 100'
    )
    report = bring_in("products", text, mapping)
    assert counts(report) == (2, 0, 0)
    assert (product_by_code("DMPM").price, product_by_code("DMPM").brand) == (1_950, "DM")
    assert counts(bring_in("products", text, mapping)) == (0, 0, 2)
    assert counts(bring_in("products", text.replace("19.5", "20"), mapping)) == (0, 1, 1)


def test_a_price_finer_than_the_books_is_refused_rather_than_rounded(bring_in):
    mapping = '[columns]\ncode = "code"\nname = "name"\nprice = "price"\n[format]\nmoney_scale = 100'
    report = bring_in("products", "code,name,price\nA,شامپو,1.005\n", mapping)
    assert refusals(report) == [(2, "amount_fraction")]
