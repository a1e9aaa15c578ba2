"""The numbers of a visit: what a person does on a terminal, in the order of the work. Data: ``specs/visit.yaml``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from string import ascii_lowercase
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import holds
from oqsgen.plan.step import Step
from oqsgen.resources import spec

WITNESS = "witness"
"""What is missing from outside where nobody of the clinic is there."""
LINE = "line"
"""What is missing from outside where no name is resolved."""


class Later(BaseModel):
    """Who does what was put off, where the facts ``when`` hold: one of ``owners``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: str
    when: Mapping[str, tuple[str, ...]] = {}


class Entry(BaseModel):
    """A number as ``specs/visit.yaml`` describes its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    start: str = ""
    steps: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    rest: bool = False
    goes_on: str | None = None
    part_of: str | None = None
    along: tuple[str, ...] = ()
    minutes: int
    wait: int = 0
    confirms: Literal["person"] | None = None
    later: tuple[Later, ...] = ()
    needs: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    before_restart: bool = False
    witness: bool = False
    per: Literal["clinic", "terminal", "reader", "person"]
    each_terminal: tuple[str, ...] = ()
    trouble: tuple[str, ...] = ()


@dataclass(frozen=True)
class Number:
    """A number of one terminal's visit: ``label`` is ``4`` or ``20a``, ``steps`` are ids of the plan.

    ``start`` is what a person does before any of its steps. ``confirms`` is ``pc`` where the PC sees that all of it is done,
    else ``person``. ``needs`` are labels of earlier numbers. ``later`` is who does it where it is put off, None where it
    cannot wait. ``along`` is the label of an earlier number whose screen asks about it as well, ``goes_on`` of the one
    whose steps it goes on with. ``trouble`` are
    those of its steps that are for trouble only. ``person`` is the staff account whose number it is.
    """

    label: str
    id: str
    title: str
    start: str
    part_of: str | None
    along: str | None
    goes_on: str | None
    steps: tuple[str, ...]
    minutes: int
    wait: int
    confirms: str
    later: str | None
    needs: tuple[str, ...]
    outside: tuple[str, ...]
    before_restart: bool
    witness: bool
    per: str
    each_terminal: tuple[str, ...]
    trouble: tuple[str, ...]
    person: str | None

    @property
    def whole(self) -> str:
        """Its label without the letter of a part: 20 of 20a. The sheet has a box for each, and so all are counted."""
        return self.label.rstrip(ascii_lowercase)

    def as_json(self) -> dict[str, Any]:
        """Plain data for the script's plan, with the words that people read."""
        words = spec("visit")
        return {
            "label": self.label,
            "id": self.id,
            "title": self.title,
            "start": self.start,
            "partOf": self.part_of,
            "along": self.along,
            "goesOn": self.goes_on,
            "steps": list(self.steps),
            "minutes": self.minutes,
            "wait": self.wait,
            "confirms": self.confirms,
            "later": self.later and words["owners"][self.later],
            "putOff": words["put_off"].get(self.later, []),
            "needs": list(self.needs),
            "outside": [words["outside"][name] for name in self.outside],
            "line": LINE in self.outside,
            "beforeRestart": self.before_restart,
            "witness": self.witness,
            "per": self.per,
            "eachTerminal": list(self.each_terminal),
            "trouble": list(self.trouble),
            "person": self.person,
        }


@cache
def entries(mode: str) -> tuple[Entry, ...]:
    """All numbers of a mode. Raises pydantic's ValidationError for one that has another form."""
    return tuple(Entry.model_validate(data) for data in spec("visit")["numbers"][mode])


def visit(profile: TerminalProfile, steps: Sequence[Step]) -> tuple[Number, ...]:
    """The numbers of a terminal's visit, with ``steps``, its plan; what is left out on purpose has none."""
    steps_of = _steps_of(profile, steps)
    counted = [
        (entry, person)
        for entry in entries(profile.job.mode)
        if entry.id in steps_of or entry.goes_on in steps_of
        for person in (profile.staff_accounts if entry.per == "person" else (None,))
    ]
    labels = tuple(_labels(entry for entry, _ in counted))
    by_id: dict[str, list[str]] = {}
    for (entry, _), label in zip(counted, labels, strict=True):
        by_id.setdefault(entry.id, []).append(label)
    return tuple(
        Number(
            label=label,
            id=entry.id,
            title=entry.title.format(person=person),
            start=entry.start,
            part_of=entry.part_of,
            along=next((by_id[id][0] for id in entry.along if id in by_id), None),
            goes_on=by_id[entry.goes_on][0] if entry.goes_on else None,
            steps=_first(steps_of.get(entry.id, ()), entry.first),
            minutes=entry.minutes * (max(1, len(profile.readers)) if entry.per == "reader" else 1),
            wait=entry.wait,
            confirms=entry.confirms or _seen_by(_gone_through(entry, steps_of, steps)),
            later=next((e.who for e in entry.later if holds(e.when, profile.facts)), None),
            needs=tuple(_needed(entry, profile.job.mode, by_id)),
            outside=entry.outside,
            before_restart=entry.before_restart,
            witness=entry.witness,
            per=entry.per,
            each_terminal=tuple(id for id in entry.each_terminal if id in steps_of[entry.id]),
            trouble=tuple(id for id in entry.trouble if id in steps_of.get(entry.id, ())),
            person=person,
        )
        for (entry, person), label in zip(counted, labels, strict=True)
    )


def _gone_through(
    entry: Entry, steps_of: Mapping[str, tuple[str, ...]], steps: Iterable[Step]
) -> Iterator[Step]:
    """What a person goes through at a number, if all is well; at one of the staff's, in their own session, whose result is read."""
    ids = set(steps_of.get(entry.goes_on or entry.id, ())).difference(entry.trouble)
    for step in steps:
        if step.who == "everyone" if entry.per == "person" else step.id in ids:
            yield step


def _seen_by(steps: Iterable[Step]) -> str:
    """Who sees that these steps are done: the PC where it looks at each that a person does, or at what that leaves."""
    seen = (
        step.target is not None or step.sign is not None
        for step in steps
        if step.how in ("guided", "manual")
    )
    return "pc" if all(seen) else "person"


def usable(profile: TerminalProfile, steps: Iterable[Step]) -> list[dict[str, Any]]:
    """What reception can use once the named steps are done: ``title``, ``steps``; of a ``person``'s, one for each."""
    planned = [step.id for step in steps]
    return [
        {"title": entry["title"].format(person=person), "steps": needed, "person": person}
        for entry in spec("visit")["usable"]
        for person in (profile.staff_accounts if "{person}" in entry["title"] else (None,))
        if (needed := [id for id in entry["steps"] if id in planned])
    ]


def _steps_of(profile: TerminalProfile, steps: Iterable[Step]) -> dict[str, tuple[str, ...]]:
    """Entry id → its steps in the order of the plan.

    A step that several name is at the last that has another one; of the parts of one number, at the first.
    """
    naming: dict[str, list[str]] = {}
    rest = [entry.id for entry in entries(profile.job.mode) if entry.rest]
    part_of = {entry.id: entry.part_of for entry in entries(profile.job.mode)}
    for entry in entries(profile.job.mode):
        for name in entry.steps:
            naming.setdefault(name, []).append(entry.id)
    ids = [step.id for step in steps if profile.left_out.keys().isdisjoint(step.requirements)]
    alone = {naming[id][0] for id in ids if len(naming.get(id, ())) == 1}
    by_entry: dict[str, tuple[str, ...]] = {}
    for id in ids:
        names = naming.get(id, rest)
        parts = len(names) > 1 and part_of[names[0]] and len({part_of[name] for name in names}) == 1
        among = names if parts else names[::-1]
        place = next((name for name in among if name in alone), names[0])
        by_entry[place] = (*by_entry.get(place, ()), id)
    return by_entry


def _first(steps: Sequence[str], first: Sequence[str]) -> tuple[str, ...]:
    """The steps of a number, those before the others that are to come first."""
    return tuple(sorted(steps, key=lambda id: id not in first))


def _labels(counted: Iterable[Entry]) -> Iterator[str]:
    """1, 2, … in order; those that are parts of one number share it, with a letter each."""
    number = 0
    for part_of, group in groupby(counted, key=lambda entry: entry.part_of):
        parts = list(group)
        if part_of is None or len(parts) == 1:
            yield from (str(number + i) for i in range(1, len(parts) + 1))
            number += len(parts)
        else:
            number += 1
            yield from (f"{number}{letter}" for letter in ascii_lowercase[: len(parts)])


def _needed(entry: Entry, mode: str, by_id: Mapping[str, list[str]]) -> Iterator[str]:
    """The labels that an entry needs; in the place of one that is not there, those that it would need."""
    all_of_mode = {each.id: each for each in entries(mode)}
    labels = (
        label
        for id in entry.needs
        for label in by_id.get(id) or _needed(all_of_mode[id], mode, by_id)
    )
    needed = set(labels)
    yield from (label for each in by_id.values() for label in each if label in needed)


def with_followers(numbers: Sequence[Number], put_off: Iterable[str]) -> tuple[Number, ...]:
    """The numbers with these labels and all that depend on them, in their order."""
    gone = set(put_off)
    for number in numbers:  # what is needed stands before what needs it
        if not gone.isdisjoint(number.needs):
            gone.add(number.label)
    return tuple(number for number in numbers if number.label in gone)


def left_without(numbers: Sequence[Number], missing: Iterable[str]) -> tuple[Number, ...]:
    """What stays open where this is missing from outside (a key of ``outside``), in the order of the numbers."""
    absent = set(missing)
    stopped = (
        number.label
        for number in numbers
        if not absent.isdisjoint(number.outside) or (number.witness and WITNESS in absent)
    )
    return with_followers(numbers, stopped)
