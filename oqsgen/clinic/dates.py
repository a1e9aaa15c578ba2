"""Days, months and times of day as people and Excel write them: all that a text can mean, nothing where it means none."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from oqsgen.resources import spec
from oqsgen.text import half_width

_YEAR_FIRST = re.compile(
    r"(\d{4})([-/.年])(\d{1,2})[-/.月](\d{1,2})日?(\([日月火水木金土]\))?( 0?0:00(:00)?)?"
)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_DAY_AND_NAME = re.compile(r"(\d{1,2})[-/ ]([a-z]{3})[a-z]*[-/ ](\d{4}|\d{2})")
_MONTH = re.compile(r"(20\d\d)[-/.年](\d{1,2})月?|(20\d\d)(\d\d)")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](20\d\d)")
_NAME_AND_YEAR = re.compile(r"([a-z]{3})[a-z]*[-/ ']{1,2}(20\d\d|\d\d)")
_TIME = re.compile(r"(\d{1,2})(?::(\d\d)(?::00)?|時(?:(\d{1,2})分|(半))?)")
_DIGITS = re.compile(r"(\d{1,2})(\d\d)")
_HALF = re.compile("午前|午後|am|pm")


def days(text: str) -> tuple[date, ...]:
    """The days that ``text`` can mean, the earlier first."""
    plain = _plain(text)
    meant = _era(plain, with_day=True) or _whole_days(plain)
    return tuple(sorted(set(meant)))


def months(text: str) -> tuple[str, ...]:
    """The months that ``text`` can mean, as ``2022-06``; that of a day too."""
    plain = _plain(text)
    meant = [*_era(plain, with_day=False), *_months(plain)] or list(days(text))
    return tuple(sorted({f"{day:%Y-%m}" for day in meant if day.year >= 2000}))


def month_or_day(text: str) -> tuple[int, int] | None:
    """``22-Jun``: for Excel the 22nd of June, for many June 2022."""
    match = re.fullmatch(r"(\d{1,2})[-/ ]([a-z]{3})[a-z]*", _plain(text))
    month = _month_named(match[2]) if match else None
    return (int(match[1]), month) if match and month else None


def times(text: str) -> tuple[str, ...]:
    """The times of day that ``text`` can mean, as ``09:00``; up to 24:00."""
    plain = _plain(text).replace(" ", "")
    if re.fullmatch(r"0?\.\d+|0", plain) and plain != "0":
        return _clocks(round(float(plain) * 24 * 60, 3), exactly=True)
    half = _HALF.search(plain)
    rest = _HALF.sub("", plain, 1)
    match = _TIME.fullmatch(rest) or (None if half else _DIGITS.fullmatch(rest))
    if not match:
        return ()
    minute = (
        30 if match.re is _TIME and match[4] else int(next(filter(None, match.groups()[1:]), 0))
    )
    hours = _hours(int(match[1]), half[0] if half else "")
    return tuple(c for hour in hours for c in _clocks(hour * 60 + minute) if minute < 60)


def _plain(text: str) -> str:
    return half_width(text).strip().lower()


def _hours(hour: int, half: str) -> tuple[int, ...]:
    if not half:
        return (hour,)
    if hour > 12:
        return ()
    afternoon = half in ("午後", "pm")
    if hour == 12 and half in ("午前", "午後"):
        # 午後12時 is midnight by the law of 1872, and noon to nearly everybody.
        return (0, 12)
    return (hour % 12 + (12 if afternoon else 0),)


def _clocks(minutes: float, *, exactly: bool = False) -> tuple[str, ...]:
    if minutes > 24 * 60 or (exactly and minutes != int(minutes)):
        return ()
    return (f"{int(minutes) // 60:02}:{int(minutes) % 60:02}",)


def _whole_days(plain: str) -> Iterator[date]:
    if match := _YEAR_FIRST.fullmatch(plain):
        yield from _day(match[1], match[3], match[4])
    elif match := _COMPACT.fullmatch(plain):
        yield from _day(*match.groups())
    elif match := _YEAR_LAST.fullmatch(plain):
        yield from _day(match[3], match[1], match[2])
        yield from _day(match[3], match[2], match[1])
    elif match := _DAY_AND_NAME.fullmatch(plain):
        month = _month_named(match[2])
        yield from _day(match[3] if len(match[3]) == 4 else f"20{match[3]}", month, match[1])
    elif match := _SHORT_YEAR.fullmatch(plain):
        yield from _day(2000 + int(match[1]), match[2], match[3])
        yield from _day(
            int(spec("words")["eras"][0]["first"][:4]) - 1 + int(match[1]), *match.groups()[1:]
        )
    elif re.fullmatch(r"\d{5}", plain):
        yield from _excel(int(plain))


def _months(plain: str) -> Iterator[date]:
    if match := _MONTH.fullmatch(plain):
        yield from _day(match[1] or match[3], match[2] or match[4], 1)
    elif match := _MONTH_FIRST.fullmatch(plain):
        yield from _day(match[2], match[1], 1)
    elif match := _NAME_AND_YEAR.fullmatch(plain):
        yield from _day(
            match[2] if len(match[2]) == 4 else f"20{match[2]}", _month_named(match[1]), 1
        )


def _era(plain: str, *, with_day: bool) -> list[date]:
    names = "|".join(f"{era['name']}|{era['sign'].lower()}" for era in spec("words")["eras"])
    day = r"[月./-](\d{1,2})日?" if with_day else "月?()"
    match = re.fullmatch(rf"({names})\.? ?(元|\d{{1,2}})[年./-](\d{{1,2}}){day}", plain)
    if not match:
        return []
    era = next(e for e in spec("words")["eras"] if match[1] in (e["name"], e["sign"].lower()))
    year = int(era["first"][:4]) - 1 + (1 if match[2] == "元" else int(match[2]))
    first = date.fromisoformat(era["first"])
    last = date.fromisoformat(era["last"]) if "last" in era else date.max
    if not with_day:
        first = first.replace(day=1)
    return [d for d in _day(year, match[3], match[4] or 1) if first <= d <= last]


def _excel(serial: int) -> Iterator[date]:
    rules: dict[str, Any] = {k: date.fromisoformat(v) for k, v in spec("words")["excel"].items()}
    day = rules["day_zero"] + timedelta(days=serial)
    if rules["first"] <= day <= rules["last"]:
        yield day


def _month_named(name: str) -> int | None:
    months: list[str] = spec("words")["months"]
    return months.index(name) + 1 if name in months else None


def _day(year: str | int, month: str | int | None, day: str | int) -> Iterator[date]:
    try:
        yield date(int(year), int(month or 0), int(day))
    except ValueError:
        return
