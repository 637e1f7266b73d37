"""The tariff lists of real guilds, with the mess they came in."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from salon.catalog.queries import service_by_code
from salon.imports.commands import run_import
from salon.imports.mapping.queries import read_mapping
from salon.imports.mapping.rules import Mapping, parse_mapping
from salon.imports.rules import Report
from salon.imports.services import KINDS
from salon.imports.sheets.queries import read_sheet
from tests.factories import SmallSalon
from tests.imports.conftest import counts, refusals
from tests.shared_data import shared_data

WHOLE = 'columns = {code = ["city", "approved_jalali", "row"], name = "service_fa", price = "price_rial_raw"}'


def bring_in(mapping: Mapping, now: datetime) -> Report:
    sheet = read_sheet(shared_data("iran", "iran_salon_guild_prices.csv"))
    return run_import(kind=KINDS["services"], sheet=sheet, mapping=mapping, now=now)


def test_the_tariff_of_one_city_comes_in(salon: SmallSalon, now: datetime):
    mapping = read_mapping(Path(__file__).with_name("tariff.toml"))
    report = bring_in(mapping, now)
    assert counts(report) == (18, 0, 0)
    assert refusals(report) == [(65, "price_missing")]
    assert report.left_out == 61
    bride, dye = service_by_code("بندرلنگه 2 1"), service_by_code("بندرلنگه 2 9")
    assert (bride.name, bride.price) == ("دستمزد آرایش عروس با گریم بدون مواد", 1_000_000)
    assert (dye.name, dye.price, dye.price_to) == ("دستمزد رنگ کردن موی بلند", 60_000, 100_000)
    assert counts(bring_in(mapping, now)) == (0, 0, 18)


def test_all_tariffs_come_in_but_for_the_price_that_was_left_out(salon: SmallSalon, now: datetime):
    report = bring_in(parse_mapping(WHOLE), now)
    with shared_data("iran", "iran_salon_guild_prices.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = len(list(csv.DictReader(stream)))
    assert counts(report) == (rows - 1, 0, 0)
    assert [code for _, code in refusals(report)] == ["price_missing"]


@pytest.mark.parametrize("letter", ["ي", "ك"])
def test_no_arabic_letter_is_kept(salon: SmallSalon, now: datetime, letter: str):
    bring_in(parse_mapping(WHOLE), now)
    assert letter not in service_by_code("بندرعباس 1399-05-27 12").name
