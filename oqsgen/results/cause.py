"""For want of what a number of the visit was left: 回線, 通知書, カード, 機器, レセコン, 時間 (``causes`` of ``specs/visit.yaml``)."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from oqsgen.resources import spec
from oqsgen.results.visit_numbers import VisitNumber


def causes_of(numbers: Sequence[VisitNumber]) -> dict[str, str]:
    """``key`` of each number that is open → its cause. What is needed stands before what needs it."""
    present = frozenset(thing for number in numbers if not number.open for thing in number.outside)
    causes: dict[str, str] = {}
    for number in numbers:
        if number.open:
            causes[number.key] = _cause(number, present, causes)
    return causes


def _cause(number: VisitNumber, present: frozenset[str], before: Mapping[str, str]) -> str:
    waits = (before[key] for key in number.needs if before.get(key, _time()) != _time())
    missing = number.outside - present
    own = (cause["name"] for cause in _causes() if not missing.isdisjoint(cause.get("outside", ())))
    # Of a number that sees to a thing itself, it is that thing, whatever it waits for.
    itself = (cause["name"] for cause in _causes() if number.id in cause.get("numbers", ()))
    return next(itself, None) or next(waits, None) or next(own, _time())


@cache
def _causes() -> tuple[Mapping[str, Any], ...]:
    return tuple(spec("visit")["causes"])


def _time() -> str:
    """What is missing where nothing is."""
    return str(_causes()[-1]["name"])
