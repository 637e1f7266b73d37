"""Customers and staff from other programs."""

from datetime import date

from salon.customers.queries import by_code, by_mobile
from salon.staff.queries import active_staff, all_staff
from tests.imports.conftest import counts, refusals, warnings

CUSTOMERS = """کد اشتراک,نام,نام خانوادگی,موبایل,تاریخ تولد,گذری
۲۰۰۱,مینا,صادقی,۰۹۱۲ ۱۱۱ ۲۲۳۳,۱۳۷۰/۰۵/۱۲,خیر
2002,لیلا,نوری,98 0912 111 2244,,
2003,مشتری گذری,,,,بله
2004,پروین,,123,,
"""


def test_customers_come_with_their_codes_once(bring_in):
    report = bring_in("customers", CUSTOMERS)
    assert counts(report) == (4, 0, 0)
    mina = by_code("2001")
    assert (mina.full_name, mina.mobile, mina.birthday) == ("مینا صادقی", "09121112233", date(1991, 8, 3))
    assert by_code("2003").is_walk_in and not by_code("2003").is_member
    assert counts(bring_in("customers", CUSTOMERS)) == (0, 0, 4)


def test_what_is_no_mobile_goes_to_the_note_and_is_told(bring_in):
    report = bring_in("customers", CUSTOMERS)
    assert warnings(report) == [(5, "mobile_invalid")]
    assert by_code("2004").mobile is None
    assert "۱۲۳" in by_code("2004").note


def test_a_customer_whom_nobody_could_know_again_is_refused(bring_in):
    report = bring_in("customers", "نام,موبایل\nمینا,\nلیلا,09121112244\n")
    assert refusals(report) == [(2, "customer_key_missing")]
    assert by_mobile("09121112244").first_name == "لیلا"
    assert counts(bring_in("customers", "نام,موبایل\nلیلا,09121112244\n")) == (0, 0, 1)


def test_a_mobile_of_somebody_else_is_refused_unless_it_is_said_to_be_shared(bring_in):
    text = "code,first_name,mobile\n3001,مادر,09121112255\n3002,دختر,09121112255\n"
    assert refusals(bring_in("customers", text)) == [(3, "customer_exists")]
    report = bring_in(
        "customers",
        text,
        '[columns]\ncode="code"\nfirst_name="first_name"\nmobile="mobile"\n[defaults]\nshared_mobile = true',
    )
    assert counts(report) == (1, 0, 1)


def test_a_rehearsal_sees_a_mobile_that_two_batches_have(bring_in):
    text = "code,first_name,mobile\n1,مادر,09121112255\n"
    text += "".join(f"N{number},مشتری,\n" for number in range(100)) + "2,دختر,۰۹۱۲ ۱۱۱ ۲۲۵۵\n"
    rehearsed = bring_in("customers", text, dry_run=True)
    assert refusals(rehearsed) == [(103, "customer_exists")]
    assert "مادر" in rehearsed.refused[0].message
    done = bring_in("customers", text)
    assert (refusals(done), counts(done)) == (refusals(rehearsed), counts(rehearsed))
    assert refusals(bring_in("customers", text)) == refusals(done)


def test_who_is_known_by_her_code_claims_no_mobile_of_the_file(bring_in):
    bring_in("customers", "code,first_name\n1,مادر\n")
    report = bring_in("customers", "code,first_name,mobile\n1,مادر,09121112255\n2,دختر,09121112255\n")
    assert counts(report) == (1, 0, 1)  # what stands of the mother stays, so the number is free


def test_a_code_of_the_file_is_not_given_to_somebody_who_comes_without_one(bring_in):
    text = "code,first_name,mobile\n,مینا,09121112255\n1002,لیلا,\n1003,پروین,\n"
    assert counts(bring_in("customers", text)) == (3, 0, 0)
    assert [by_code(code).first_name for code in ("1002", "1003")] == ["لیلا", "پروین"]
    assert by_mobile("09121112255").code not in {"1002", "1003"}


def test_who_comes_with_her_code_and_again_with_her_mobile_only_is_one_customer(bring_in):
    text = "code,first_name,mobile\n,مینا,09121112255\n1002,مینا,09121112255\n"
    assert counts(bring_in("customers", text)) == (1, 0, 1)


def test_a_code_that_somebody_of_another_name_has_is_told(bring_in):
    bring_in("customers", "code,first_name,last_name\n7,مینا,صادقی\n8,,\n")
    report = bring_in("customers", "code,first_name,last_name\n7,لیلا,نوری\n8,,\n")
    assert (counts(report), warnings(report)) == ((0, 0, 2), [(2, "code_of_another")])
    assert "مینا صادقی" in report.warnings[0].message
    assert by_code("7").first_name == "مینا"
    assert warnings(bring_in("customers", "code,first_name,last_name\n7,مينا,صادقي\n")) == []
    assert warnings(bring_in("customers", "code\n7\n")) == []  # a list of codes says no name


def test_codes_that_stand_in_a_list_of_receipts_are_customers(bring_in):
    receipts = "Receipt,Client\n1,KERT01\n2,FER*01\n3,KERT01\n4,\n"
    mapping = '[columns]\ncode = "Client"\nis_walk_in = "Client"\n[defaults]\ncode = "WALK_IN"\n'
    mapping += '[values.is_walk_in]\n"" = "yes"\n"*" = "no"'
    assert counts(bring_in("customers", receipts, mapping)) == (3, 0, 0)
    assert by_code("FER*01").first_name == "FER*01"
    assert by_code("WALK_IN").is_walk_in


def test_one_code_that_says_two_things_is_refused_the_second_time(bring_in):
    report = bring_in("customers", "code,first_name\n1,مینا\n1,لیلا\n1,مینا\n")
    assert refusals(report) == [(3, "code_repeated")]


def test_people_come_from_the_column_they_stand_in(bring_in, salon):
    receipts = "Staff\nJJ\nHOUSE\nJJ\nsara\n"
    mapping = '[columns]\ncode = "Staff"\nname = "Staff"\nactive = "Staff"\n[values.active]\nHOUSE = "no"\n"*" = "yes"'
    assert counts(bring_in("staff", receipts, mapping)) == (2, 0, 1)
    assert {person.code for person in active_staff(salon.branch_id)} == {"sara", "negar", "JJ"}
    assert {person.code for person in all_staff(salon.branch_id)} == {"sara", "negar", "JJ", "HOUSE"}
    assert counts(bring_in("staff", receipts, mapping)) == (0, 0, 3)


def test_what_is_too_long_is_refused_with_its_beginning_and_never_cut(bring_in):
    long = "بسیار " * 60
    report = bring_in("customers", f"code,first_name,allergies\n7,مینا,{long}\n8,{'م' * 80},\n9,{'م' * 81},\n")
    assert refusals(report) == [(2, "text_long"), (4, "text_long")]
    assert "حساسیت" in report.refused[0].message and "بسیار بسیار" in report.refused[0].message
    assert by_code("8").first_name == "م" * 80
    assert refusals(bring_in("staff", f"code,title\nx,{'م' * 81}\n")) == [(2, "text_long")]


def test_however_long_what_is_no_mobile_is_it_goes_to_the_note_whole(bring_in):
    typed = "تلفن خواهرش در کرج ۰۲۶۳۲۱۰۰۰۰۰ و اگر نبود فروشگاه"
    bring_in("customers", f"code,first_name,mobile\n7,مینا,{typed}\n")
    assert by_code("7").note == typed
