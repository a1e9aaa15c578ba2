"""Days, months and times of day as offices and Excel write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oqsgen.clinic import dates

OCTOBER = date(2026, 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-01",
        "2026/10/01",
        "2026/10/1 0:00",
        "2026.10.1",
        "2026年10月1日",
        "2026年10月1日(木)",
        "２０２６／１０／１",
        "20261001",
        "46296",
        "令和8年10月1日",
        "R8.10.1",
        "R08/10/01",
        "r8-10-1",
        "1-Oct-26",
        "1-Oct-2026",
    ],
)
def test_a_day(text: str) -> None:
    assert dates.days(text) == (OCTOBER,)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("平成31年4月30日", ["2019-04-30"]),
        ("令和元年5月1日", ["2019-05-01"]),
        ("H31.5.1", []),
        ("R1.4.30", []),
        ("2026-02-30", []),
        ("12345", []),
        ("8/10/1", ["2008-10-01", "2026-10-01"]),
        ("10/1/2026", ["2026-01-10", "2026-10-01"]),
        ("10/13/2026", ["2026-10-13"]),
        ("10/10/2026", ["2026-10-10"]),
        ("Oct-26", []),
        ("あした", []),
        ("", []),
    ],
)
def test_days_that_there_are_not_or_that_could_be_two(text: str, days: list[str]) -> None:
    assert [day.isoformat() for day in dates.days(text)] == days


@pytest.mark.parametrize(
    "text",
    [
        "2022-06",
        "2022/6",
        "2022年6月",
        "6/2022",
        "202206",
        "Jun-22",
        "June 2022",
        "R4.6",
        "44713",
        "2022/6/30",
    ],
)
def test_a_month(text: str) -> None:
    assert dates.months(text) == ("2022-06",)


def test_a_month_or_a_day_of_no_year() -> None:
    assert dates.months("22-Jun") == () and dates.month_or_day("22-Jun") == (22, 6)
    assert dates.month_or_day("Jun-22") is None
    assert dates.months("4/6") == ()


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("9:00", ["09:00"]),
        ("９：００", ["09:00"]),
        ("9:00:00", ["09:00"]),
        ("9時", ["09:00"]),
        ("9時半", ["09:30"]),
        ("18時30分", ["18:30"]),
        ("午前9時", ["09:00"]),
        ("午後6時30分", ["18:30"]),
        ("6:30 PM", ["18:30"]),
        ("PM 12:30", ["12:30"]),
        ("0.375", ["09:00"]),
        ("0900", ["09:00"]),
        ("1830", ["18:30"]),
        ("24:00", ["24:00"]),
        ("午後12時", ["00:00", "12:00"]),
        ("9", []),
        ("9:60", []),
        ("25:00", []),
        ("午後13時", []),
        ("0.12345", []),
    ],
)
def test_a_time_of_day(text: str, times: list[str]) -> None:
    assert list(dates.times(text)) == times


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_is_the_same_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    ways = [f"{day}", f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", f"{serial}"]
    if day >= date(2019, 5, 1):
        ways += [f"R{day.year - 2018}.{day.month}.{day.day}"]
    assert {dates.days(way) for way in ways} == {(day,)}
    assert dates.months(f"{day:%b-%y}") == (f"{day:%Y-%m}",)


@given(
    text=st.text(alphabet="0123456789:/.-年月日時分半午前後令和平成RHrpmAPMJun元 ()木", max_size=16)
)
def test_no_text_breaks_it(text: str) -> None:
    dates.days(text), dates.months(text), dates.times(text), dates.month_or_day(text)
