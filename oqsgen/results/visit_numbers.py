"""The numbers of the visit in a result: as it says them; of one that says none, as today's visit has its steps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from oqsgen.manual.rows import holds
from oqsgen.plan.visit import Entry, entries
from oqsgen.resources import spec
from oqsgen.results.form import NumberForm

STOPPED_BY_HAND = {"distribution-stopped": "stop-auto-update"}
"""Step → the fact of a terminal that has it: all that decides whose a number is."""


@dataclass(frozen=True, slots=True)
class VisitNumber:
    """As ``oqsgen.plan.visit.Number``, of a result. ``key`` is what ``needs`` of others name."""

    key: str
    label: str
    id: str
    title: str
    owner: str
    person: str
    outside: frozenset[str]
    needs: tuple[str, ...]
    steps: tuple[str, ...]
    open: bool


def said_numbers(numbers: Sequence[NumberForm]) -> list[VisitNumber]:
    """Those that a result says itself."""
    things = {word: key for key, word in spec("visit")["outside"].items()}
    return [
        VisitNumber(
            key=number["label"],
            label=number["label"],
            id=number["id"],
            title=number["title"],
            owner=number["owner"],
            person=number.get("person") or "",
            outside=frozenset(things.get(word, word) for word in number["outside"]),
            needs=tuple(number["needs"]),
            steps=tuple(number["steps"]),
            open=number["open"],
        )
        for number in numbers
    ]


def derived_numbers(
    job: str, steps: Sequence[str], remaining: Collection[str]
) -> list[VisitNumber]:
    """Those of a result without: its steps under today's numbers. They have no label, since its sheet had none."""
    by_entry: dict[str, list[str]] = {}
    place = _places(job)
    for step in steps:
        by_entry.setdefault(place.get(step) or place.get("", ""), []).append(step)
    facts = frozenset(fact for step, fact in STOPPED_BY_HAND.items() if step in steps)
    owners = spec("visit")["owners"]
    return [
        VisitNumber(
            key=entry.id,
            label="",
            id=entry.id,
            title=entry.title.format(person="").strip(),
            owner=owners[_owner(entry, facts)],
            person="",
            outside=frozenset(entry.outside),
            needs=entry.needs,
            steps=tuple(by_entry[entry.id]),
            open=any(step in remaining for step in by_entry[entry.id]),
        )
        for entry in _entries(job)
        if entry.id in by_entry
    ]


def _entries(job: str) -> tuple[Entry, ...]:
    """Of a job that no visit is known of, those of a new terminal."""
    return entries(job if job in spec("visit")["numbers"] else "new")


@cache
def _places(job: str) -> dict[str, str]:
    """Step → the id of its number; under an empty name that of what no number names."""
    places = {step: entry.id for entry in reversed(_entries(job)) for step in entry.steps}
    return places | {"": next((entry.id for entry in _entries(job) if entry.rest), "")}


def _owner(entry: Entry, facts: frozenset[str]) -> str:
    return next((later.who for later in entry.later if holds(later.when, facts)), "vendor")
