"""The requirement rows of the official documents, in the manual's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from oqsgen.manual.versions import with_versions
from oqsgen.plan.step import Who
from oqsgen.resources import spec

RowHow = Literal["apply", "verify", "guided", "manual", "plan", "note"]
Automation = Literal["A", "V", "G", "M", "none"]

NOT_IN_DOCUMENTS = "資料にない補足："
"""What stands before that which oqsgen says of its own."""


@dataclass(frozen=True)
class Row:
    """One requirement: what it asks, when it applies, who does it, where it is printed.

    ``when`` holds facts of a profile under ``all``, ``any`` and ``none``. A ``plan`` row decides about
    the steps of the rows that it ``shapes``; what a ``note`` row says stands in the steps of the
    rows that it ``shapes``. Neither yields a step, the note for its ``reason``.
    ``claim`` is what a person says with Enter, where that is more than that it is done: it fits the line of keys.
    ``mends`` is what is done where the PC is found otherwise; it stands after ``what``, and in no audit.
    ``looks`` is said in an audit in the place of ``what``: what is looked at.
    ``also`` is what stands in a step that covers the row and takes its text from another one.
    ``adds`` is what oqsgen says besides, which no document says; steps print it as such.
    ``automation`` is what a tool could do at best: apply, verify, guide, leave to a person; where
    less is done, ``reason`` says why.
    """

    id: str
    area: str
    title: str
    what: str
    how: RowHow
    automation: Automation
    source: tuple[str, ...]
    check: str = ""
    claim: str = ""
    mends: str = ""
    looks: str = ""
    also: str = ""
    adds: str = ""
    values: tuple[tuple[str, str], ...] = ()
    when: Mapping[str, tuple[str, ...]] | None = None
    who: Who = "oqscomapp"
    verify: Mapping[str, Any] | None = None
    open: str | None = None
    reason: str = ""
    as_of: str | None = None
    shapes: tuple[str, ...] = ()

    def applies_to(self, facts: frozenset[str]) -> bool:
        """Whether this row concerns a terminal with these facts."""
        return holds(self.when or {}, facts)


def holds(when: Mapping[str, Sequence[str]], facts: frozenset[str]) -> bool:
    """Whether facts have ``all`` and ``any`` of ``when``, and ``none`` of its third."""
    return (
        facts.issuperset(when.get("all", ()))
        and (not when.get("any") or not facts.isdisjoint(when["any"]))
        and facts.isdisjoint(when.get("none", ()))
    )


def may_hold(when: Mapping[str, Sequence[str]], facts: Mapping[str, bool]) -> bool:
    """Whether ``when`` (``Row``) holds on some terminal of which these facts are known."""
    return (
        all(facts.get(fact, True) for fact in when.get("all", ()))
        and (not when.get("any") or any(facts.get(fact, True) for fact in when["any"]))
        and not any(facts.get(fact, False) for fact in when.get("none", ()))
    )


def condition(when: Mapping[str, Sequence[str]], facts: Mapping[str, bool]) -> str:
    """What else has to be so that ``when`` holds, in words; empty where it holds on all these terminals."""
    words = spec("facts")
    parts = [words[fact] for fact in when.get("all", ()) if fact not in facts]
    one_of = when.get("any", ())
    if one_of and not any(facts.get(fact, False) for fact in one_of):
        parts.append(" または ".join(words[fact] for fact in one_of if fact not in facts))
    parts += [f"{words[fact]}以外" for fact in when.get("none", ()) if fact not in facts]
    return "、".join(dict.fromkeys(parts))


@cache
def areas() -> dict[str, str]:
    """Area key → Japanese heading, in the manual's order."""
    return {entry["area"]: entry["title"] for entry in spec("requirements/index")}


@cache
def rows() -> tuple[Row, ...]:
    """All rows, in the manual's order."""
    return tuple(
        _row(entry["area"], data)
        for entry in spec("requirements/index")
        for data in spec(f"requirements/{entry['file'].removesuffix('.yaml')}")
    )


@cache
def rows_for(facts: frozenset[str]) -> tuple[Row, ...]:
    """All rows in the order in which a terminal with these facts needs them (``specs/order.yaml``).

    A row that stands elsewhere than in the manual's order is in the area of the row before which
    it stands.
    """
    ordered = list(rows())
    for move in spec("order"):
        if move["fact"] not in facts:
            continue
        area = row(move["before"]).area
        moved = [replace(row(name), area=area) for name in move["rows"]]
        ordered = [row_ for row_ in ordered if row_.id not in move["rows"]]
        index = [row_.id for row_ in ordered].index(move["before"])
        ordered[index:index] = moved
    return tuple(ordered)


def row(row_id: str) -> Row:
    """The row ``row_id``. Raises KeyError for an unknown one."""
    return _by_id()[row_id]


@cache
def _by_id() -> dict[str, Row]:
    return {row_.id: row_ for row_ in rows()}


def with_shaping(covered: Sequence[str], facts: frozenset[str]) -> tuple[str, ...]:
    """The rows ``covered`` by a step, then the plan and note rows that shape one of them there."""
    covered_ids = set(covered)
    shaping = [
        r.id for r in _shaping() if not covered_ids.isdisjoint(r.shapes) and r.applies_to(facts)
    ]
    return (*covered, *shaping)


@cache
def _shaping() -> tuple[Row, ...]:
    return tuple(r for r in rows() if r.shapes)


def with_notes(text: str, requirements: Sequence[str]) -> str:
    """``text`` of a step, and after it what the other rows of its ``requirements`` say.

    The first one has given the text. Of the others it is the whole text of a note row, and what a
    row ``also`` says. What no document says comes last, and says so.
    """
    others = (row(name) for name in requirements[1:])
    more = "".join(r.what if r.how == "note" else r.also for r in others)
    added = "".join(row(name).adds for name in requirements)
    return text + more + (f"（{NOT_IN_DOCUMENTS}{added}）" if added else "")


def _row(area: str, data: Mapping[str, Any]) -> Row:
    fields = dict(with_versions(data))
    fields["values"] = tuple((v["label"], v["value"]) for v in fields.get("values", ()))
    fields["source"] = tuple(data["source"])
    fields["shapes"] = tuple(data.get("shapes", ()))
    return Row(area=area, **fields)
