"""``付録.pdf`` and ``付録_この端末.pdf``: everything with value and source, to be looked up.

The first has the rows of the manual as far as they may hold on a terminal of one kind of work and one Windows: the same
bytes for all clinics. The second has the values that are this terminal's own.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, get_args

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.facts import facts_of_mode, facts_of_windows
from oqsgen.clinic.model import Mode
from oqsgen.manual.rows import Row, areas, condition, may_hold, row, rows, with_notes, with_shaping
from oqsgen.manual.sources import cite, cited_together
from oqsgen.plan.setting import cited
from oqsgen.plan.step import HOW_JA, Step
from oqsgen.plan.visit import Number
from oqsgen.render.runs import Run, prose, shown
from oqsgen.render.typeset import typeset
from oqsgen.resources import spec

MANUAL_ID, MANUAL = "setup", "手順書"
"""The manual, which most rows are of, and how it is called here."""
_HOW = {str(how): words for how, words in HOW_JA.items()}
OF_SUCCESSION = ("carry-over", "new-accounts")


@cache
def annex(mode: str, os: str) -> bytes:
    """``付録.pdf`` for a kind of work and a key of ``specs/windows.yaml``'s ``os``, as PDF/A-2a and PDF/UA-1."""
    title = spec("sheet")["titles"][mode]["short"]
    windows = spec("windows")["os"][os]["title"]
    numbered = enumerate(_rows_of(mode, os), start=1)
    data = {
        "title": "付録",
        "about": f"{title}、{windows}、{cite(MANUAL_ID)}",
        "note": f"施設によって違う値は 付録_この端末.pdf にあります。{MANUAL}は、{cite(MANUAL_ID)} です。",
        "areas": [
            {"heading": areas()[area], "rows": [_row(n, each, mode, os) for n, each in group]}
            for area, group in groupby(numbered, key=lambda item: item[1].area)
        ],
    }
    return _typeset(data)


def terminal_annex(
    profile: TerminalProfile, steps: Sequence[Step], numbers: Sequence[Number]
) -> bytes:
    """``付録_この端末.pdf``: of each step what the first annex does not say. Raises MissingGlyph."""
    labels: dict[str, list[str]] = {}
    for number in numbers:
        for id in number.steps:
            labels.setdefault(id, []).append(number.label)
    rows_of = _numbers(profile.job.mode, profile.terminal.os)
    own = [(step, values) for step in steps if (values := own_values(step)) or step.left_out]
    data = {
        "title": "付録（この端末）",
        "about": f"{profile.facility.name}　{profile.terminal.name}　{profile.facility.code}",
        "note": "どの施設にも同じ値と、確かめ方は 付録.pdf にあります。番号は画面とチェックリストの番号です。",
        "areas": [
            {
                "heading": areas()[area],
                "rows": [_own(step, values, labels, rows_of) for step, values in group],
            }
            for area, group in groupby(own, key=lambda item: item[0].area)
        ],
    }
    return _typeset(data)


def own_values(step: Step) -> tuple[tuple[str, str], ...]:
    """The values of a step that its rows do not print."""
    printed = {value for name in step.requirements for value in row(name).values}
    return tuple(value for value in step.values if value not in printed)


def known(mode: str, os: str) -> dict[str, bool]:
    """What is true and what is not of every terminal of a kind of work and a Windows."""
    return {
        **{each: each in facts_of_mode(mode) for each in get_args(Mode)},
        **({} if mode == "succession" else dict.fromkeys(OF_SUCCESSION, False)),
        **facts_of_windows(os),
    }


def _rows_of(mode: str, os: str) -> Iterator[Row]:
    facts = known(mode, os)
    return (r for r in rows() if r.how not in ("plan", "note") and may_hold(r.when or {}, facts))


@cache
def _numbers(mode: str, os: str) -> dict[str, int]:
    """The number of each row in the first annex."""
    return {each.id: number for number, each in enumerate(_rows_of(mode, os), start=1)}


def _row(number: int, each: Row, mode: str, os: str) -> dict[str, Any]:
    facts = known(mode, os)
    requirements = with_shaping([each.id], frozenset(fact for fact, true in facts.items() if true))
    what = (
        each.looks or with_notes(each.what, requirements)
        if mode == "audit"
        else with_notes(each.what + each.mends, requirements)
    )
    return {
        "label": str(number),
        "title": prose(each.title),
        "kind": _HOW[each.how],
        "condition": condition(each.when or {}, facts),
        "what": prose(what),
        "check": prose(each.check),
        "values": _values(each.values),
        "source": prose(f"出典 {_sources(cited([each]))}"),
    }


def _own(
    step: Step,
    values: Sequence[tuple[str, str]],
    labels: Mapping[str, Sequence[str]],
    rows_of: Mapping[str, int],
) -> dict[str, Any]:
    """The sources stand at the rows of the first annex."""
    at = [str(rows_of[name]) for name in step.requirements if name in rows_of]
    source = f"付録の {'・'.join(at)}" if at else f"出典 {_sources(step.source)}"
    as_of = f"、{step.as_of} 時点" if step.as_of else ""
    return {
        "label": "・".join(labels.get(step.id, ())),
        "title": prose(step.title),
        "kind": HOW_JA[step.how],
        "condition": "",
        "what": prose(step.what if step.left_out else ""),
        "check": [],
        "values": _values(values),
        "source": prose(source + as_of),
    }


def _values(values: Sequence[tuple[str, str]]) -> list[list[list[Run]]]:
    return [[prose(label), list(shown(value))] for label, value in values]


def _sources(citations: Sequence[str]) -> str:
    return cited_together(citations, {cite(MANUAL_ID): MANUAL})


def _typeset(data: Mapping[str, Any]) -> bytes:
    files = {"head.json": {"title": f"{data['title']}　{data['about']}"}, "data.json": data}
    texts = {name: json.dumps(of, ensure_ascii=False).encode() for name, of in files.items()}
    return typeset("annex", texts)
