"""How two sides differ, as pure data."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oqsgen.compare.side import TEXTS, PlanStep, Said, Side
from oqsgen.plan.step import HOW_JA

NOTHING = "（なし）"
METHOD, TITLE = "方法", "名前"
HOW = {str(how): name for how, name in HOW_JA.items()}


@dataclass(frozen=True)
class Change:
    """What was something else: ``label`` is a key of the file, or what people call a value of a step."""

    label: str
    old: str
    new: str

    def as_json(self) -> dict[str, str]:
        """Plain data."""
        return {"label": self.label, "old": self.old, "new": self.new}


@dataclass(frozen=True)
class StepChange:
    """A step that both sides have, and what of it differs."""

    step: PlanStep
    changes: tuple[Change, ...]

    @property
    def of_words(self) -> bool:
        """Whether only what people read of it differs."""
        return {change.label for change in self.changes} <= {TITLE, *TEXTS.values()}

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {**_named(self.step), "changes": [change.as_json() for change in self.changes]}


@dataclass(frozen=True)
class Difference:
    """How ``new`` differs from ``old``.

    ``on_pc`` are the steps by which the PC sets something else than before, and those it sets no more: what these have set
    stays as it is. ``pages`` are the checklist's whose words differ, None where a side's words are not known.
    """

    old: Side
    new: Side
    versions: tuple[Change, ...]
    keys: tuple[Change, ...]
    added: tuple[PlanStep, ...]
    removed: tuple[PlanStep, ...]
    changed: tuple[StepChange, ...]
    on_pc: tuple[PlanStep, ...]
    left_on_pc: tuple[PlanStep, ...]
    pages: tuple[int, ...] | None

    @property
    def other_publisher(self) -> bool:
        """Whether both are signed, by different publishers: the checklist has the fingerprint."""
        return bool(self.old.signer and self.new.signer) and self.old.signer != self.new.signer

    @property
    def print_again(self) -> bool:
        """Whether the words of the checklist differ, or may."""
        return self.pages is None or bool(self.pages) or self.other_publisher

    @property
    def nothing(self) -> bool:
        """Whether nothing differs that a person would read or the PC would set."""
        listed = (self.versions, self.keys, self.added, self.removed, self.changed)
        return not any(listed) and not self.print_again

    def as_json(self) -> dict[str, Any]:
        """Plain data for ``oqsgen diff --format json``."""
        return {
            "old": self.old.name,
            "new": self.new.name,
            "versions": [change.as_json() for change in self.versions],
            "keys": [change.as_json() for change in self.keys],
            "steps": {
                "added": [_named(step) for step in self.added],
                "removed": [_named(step) for step in self.removed],
                "changed": [change.as_json() for change in self.changed],
            },
            "pc": {
                "sets": [step.id for step in self.on_pc],
                "leaves": [step.id for step in self.left_on_pc],
            },
            "print": {
                "again": self.print_again,
                "pages": None if self.pages is None else list(self.pages),
                "publisher": self.other_publisher,
                "number": self.old.id != self.new.id,
            },
        }


def _named(step: PlanStep) -> dict[str, str]:
    return {"id": step.id, "title": step.title, "how": step.how}


def difference(old: Side, new: Side) -> Difference:
    """How ``new`` differs from ``old``."""
    before = {step.id: step for step in old.steps}
    after = {step.id: step for step in new.steps}
    both = [(before[step.id], step) for step in new.steps if step.id in before]
    changed = tuple(
        StepChange(step, changes) for was, step in both if (changes := tuple(_changes(was, step)))
    )
    added = tuple(step for step in new.steps if step.id not in before)
    removed = tuple(step for step in old.steps if step.id not in after)
    return Difference(
        old,
        new,
        tuple(
            _compared(
                {"手順書": old.manual, "作ったもの": old.tool},
                {"手順書": new.manual, "作ったもの": new.tool},
            )
        ),
        tuple(_compared(dict(_flat(old.input)), dict(_flat(new.input)))),
        added,
        removed,
        changed,
        tuple(
            step
            for step in new.steps
            if step.how == "apply" and _sets_anew(before.get(step.id), step)
        ),
        tuple(step for step in old.steps if step.how == "apply" and _sets_no_more(step, after)),
        _pages(old.pages, new.pages),
    )


def _sets_anew(was: PlanStep | None, step: PlanStep) -> bool:
    return was is None or was.how != "apply" or _state(was) != _state(step)


def _sets_no_more(was: PlanStep, after: Mapping[str, PlanStep]) -> bool:
    return was.id not in after or after[was.id].how != "apply"


def _state(step: PlanStep) -> tuple[Any, Any]:
    return step.target, step.wanted


def _changes(was: PlanStep, step: PlanStep) -> Iterator[Change]:
    """What differs of a step: how, its values by their labels, its texts; of its state only what no value says."""
    if was.title != step.title:
        yield Change(TITLE, was.title, step.title)
    if was.how != step.how:
        yield Change(METHOD, HOW.get(was.how, was.how), HOW.get(step.how, step.how))
    values = [*_compared(_by_label(was.values), _by_label(step.values))]
    yield from values
    if not values and _state(was) != _state(step):
        yield from _of_state(was, step)
    yield from _compared(dict(was.texts), dict(step.texts))


def _by_label(values: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Values by their labels; those of one label together."""
    by_label: dict[str, list[str]] = {}
    for label, value in values:
        by_label.setdefault(label, []).append(value)
    return {label: "、".join(several) for label, several in by_label.items()}


def _of_state(was: PlanStep, step: PlanStep) -> Iterator[Change]:
    fields = {**was.fields, **step.fields}
    for old, new in ((was.wanted, step.wanted), (was.target, step.target)):
        for change in _compared(dict(_flat(old)), dict(_flat(new))):
            wording = fields.get(re.split(r"[.\[]", change.label)[0], Said(change.label, {}))
            yield Change(wording.label, wording.word(change.old), wording.word(change.new))


def _compared(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for label in dict.fromkeys((*old, *new)):
        if old.get(label) != new.get(label):
            yield Change(label, old.get(label, NOTHING), new.get(label, NOTHING))


def _flat(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each value of JSON data with its path, as a clinic's file would write it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list) and any(isinstance(each, dict | list) for each in data):
        for index, value in enumerate(data):
            yield from _flat(value, f"{path}[{index}]")
    elif isinstance(data, list):
        if data:
            yield path, "、".join(map(_written, data))
    elif data is not None:
        yield path, _written(data)


def _written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _pages(old: Sequence[Any] | None, new: Sequence[Any] | None) -> tuple[int, ...] | None:
    """The numbers of the pages whose words differ, from 1."""
    if old is None or new is None:
        return None
    longer = max(len(old), len(new))
    pairs = ((old[i : i + 1], new[i : i + 1]) for i in range(longer))
    return tuple(number for number, (was, page) in enumerate(pairs, 1) if was != page)
