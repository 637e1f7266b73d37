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


def test_what_a_price_list_does_not_say_stays(bring_in):
    bring_in("services", SERVICES)
    report = bring_in("services", "کد,قیمت\nK1,۶۰۰٬۰۰۰\nK3,500000\n")
    assert (counts(report), warnings(report)) == ((0, 2, 0), [])
    cut, color = service_by_code("K1"), service_by_code("K3")
    assert (cut.name, cut.price, cut.category, cut.duration) == ("کوتاهی بلند", 600_000, "مو", 45)
    assert (color.price, color.price_to) == (500_000, None)  # a new price has no upper end but its own
    assert counts(bring_in("services", "کد,سقف قیمت\nK3,700000\n")) == (0, 1, 0)
    assert (service_by_code("K3").price, service_by_code("K3").price_to) == (500_000, 700_000)


def test_two_services_of_one_name_come_in_and_are_told(bring_in):
    text = "کد,نام,قیمت\nA1,كوتاهي ساده,1\nA2,کوتاهی  ساده,2\nA3,رنگ ریشه,3\n"
    report = bring_in("services", text)
    assert counts(report) == (3, 0, 0)
    assert warnings(report) == [(2, "name_shared"), (3, "name_shared")]
    later = bring_in("services", "کد,نام,قیمت\nA4,رنگ ریشه,3\n")  # the name of one that is there
    assert warnings(later) == [(2, "name_shared")]
    assert warnings(bring_in("products", "کد,نام,قیمت\nP1,رنگ ریشه,3\n")) == []  # a product is something else


def test_what_is_not_sold_any_more_comes_in_and_is_not_offered(bring_in):
    bring_in("products", "کد,نام,برند,قیمت,فعال\nP1,شامپو,گلرنگ,3,خیر\n")
    assert (product_by_code("P1").active, product_by_code("P1").brand) == (False, "گلرنگ")


def test_a_name_too_long_for_the_menu_is_refused(bring_in):
    report = bring_in("services", f"کد,نام,قیمت\nA1,{'ب' * 161},1\nA2,رنگ,2\n")
    assert (refusals(report), counts(report)) == ([(2, "text_long")], (1, 0, 0))
