"""The numbers of a visit as rows: a box, the words, who sees that it is done, whether it may wait, the minutes."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from oqsgen.plan.visit import Number
from oqsgen.render.runs import Run
from oqsgen.render.sheet.about import FEW, About, Text
from oqsgen.resources import spec

WITNESS = "【立】"
SEEN_BY = {"pc": "自", "person": "人"}


def work(about: About) -> Iterator[dict[str, Any]]:
    """All numbers in their order, with a line where the person signed in changes."""
    yield {
        "kind": "work",
        "heading": about.runs("作業"),
        "note": about.runs(spec("sheet")["work-legend"]),
        "rows": list(_rows(about)),
    }


def audit(about: About) -> Iterator[dict[str, Any]]:
    """All numbers, what was decided about each, and room for what was seen."""
    words = spec("sheet")["audit-rows"]
    rows = []
    for number in about.numbers:
        row = words[number.id]
        cells = [about.runs("□"), about.runs(number.label), _title(number.title, number.witness)]
        rows.append([*cells, about.runs(*row["wanted"]), about.runs(*row["seen"])])
    header = [about.runs(cell) for cell in spec("sheet")["audit-header"]]
    yield {
        "kind": "table",
        "columns": [6, 8, 52, 0, 52],
        "header": header,
        "rows": rows,
        "tall": True,
    }


def _rows(about: About) -> Iterator[dict[str, Any]]:
    after = dividers(about)
    for group in _groups(about.numbers):
        yield _row(about, group)
        if entry := after.get(group[-1].id):
            yield {"divider": about.runs(entry["text"]), "beside": about.runs(entry["beside"])}


def dividers(about: About) -> dict[str, Any]:
    """Where the person signed in changes: the id of the number before → the entry of ``dividers``."""
    entries = spec("sheet")["dividers"][about.mode]
    return {
        next((id for id in entry["after"] if id in about.labels), ""): entry
        for entry in entries
        if not entry.get("before") or not about.labels.keys().isdisjoint(entry["before"])
    }


def _groups(numbers: Sequence[Number]) -> Iterator[list[Number]]:
    """Parts of one number together, and many persons; each other number alone."""
    persons = [number for number in numbers if number.person]
    together = {number.label: number.id for number in persons} if len(persons) > FEW else {}
    for _, group in groupby(numbers, key=lambda n: n.part_of or together.get(n.label, n.label)):
        yield list(group)


def _row(about: About, group: Sequence[Number]) -> dict[str, Any]:
    first = group[0]
    parts = first.part_of is not None and len(group) > 1
    title = first.part_of if parts and first.part_of else first.title
    label = first.whole if parts else first.label
    if not parts and len(group) > 1:
        label, title = f"{first.label}～{group[-1].label}", "職員のアカウント（表 F に 1 人 1 行）"
    wait = max(number.wait for number in group)
    minutes = sum(number.minutes for number in group)
    later = all(number.later for number in group)
    seen_by = "person" if any(number.confirms == "person" for number in group) else "pc"
    return {
        "label": label,
        "title": _title(title, first.witness),
        "text": about.runs(*_texts(about, group, parts)),
        "who": SEEN_BY[seen_by] + (" 後" if later else ""),
        "minutes": f"{minutes}／{wait}" if wait else str(minutes),
    }


def _texts(about: About, group: Sequence[Number], parts: bool) -> Iterator[Text]:
    """What is done, in the words of this kind of work; of parts, each with its letter and a box."""
    words = spec("sheet")
    of_mode = words["numbers-of"].get(about.mode, {})
    if group[0].start:
        yield group[0].start
    if about.labels[group[0].id][0] != group[0].label:
        yield f"{about.labels[group[0].id][0]} と同じ"
        return
    for number in group if parts else group[:1]:
        of_number = of_mode.get(number.id) or words["numbers"][number.id]
        texts = [text for text in of_number if about.there(text, number.steps)]
        if parts:
            first = texts[0] if texts else ""
            texts[:1] = [
                f"□ {number.label[-1]} {first if isinstance(first, str) else first['text']}"
            ]
        yield from texts


def _title(title: str, witness: bool) -> list[Run]:
    """A title may have a person's name in it: no notation."""
    return [{"text": title + (WITNESS if witness else ""), "bold": True}]
