"""The file for whoever helps: the results themselves, masked. What is left is how steps ended, in which versions, and our own words."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from oqsgen import __version__
from oqsgen.clinic.windows import ACCOUNT
from oqsgen.results.as_json import json_text
from oqsgen.results.find import Refused, find_results
from oqsgen.results.form import NumberForm
from oqsgen.results.gather import Gathered
from oqsgen.results.mask import Mask, is_ours, names_of
from oqsgen.results.parts import numbers_in
from oqsgen.results.read import read_bytes, read_result

FORMAT = 1
LABEL = re.compile(r"[0-9]{1,3}[a-z]?")
"""Of a number, as the sheet has it."""
PLAIN = ("mode", "exit", "started", "finished")
"""What of a result says nothing of whose it is."""


def support_file(places: Iterable[Path], now: datetime, gathered: Gathered) -> Iterator[str]:
    """The file piece by piece, a result a line. What is no result is counted and left out, with its name."""
    mask = Mask()
    yield f'{{"format": {FORMAT}, "tool": {json.dumps(f"oqsgen {__version__}")}, "results": ['
    between = "\n"
    for place in find_results(places):
        result = _result(place, now)
        if isinstance(result, Refused):
            gathered.refuse(result)
            continue
        gathered.new += 1
        yield between + json_text(masked(result, mask))
        between = ",\n"
    yield f'\n], "left_out": {gathered.broken + gathered.foreign}}}\n'


def masked(result: Mapping[str, Any], mask: Mask) -> dict[str, Any]:
    """A result whose form was looked at before."""
    names = names_of(result)
    bundle = result["bundle"]
    return {
        **{key: result[key] for key in PLAIN},
        "run": mask.name(result["run"]),
        "computer": mask.name(result["computer"]),
        "account": _account(result["account"], mask),
        "bundle": {
            "id": mask.name(bundle["id"]),
            "terminal": mask.name(bundle["terminal"]),
            "facility": mask.name(bundle["facility"]["code"]),
            "tool": mask.version(bundle.get("tool", "")),
            "manual": mask.version(bundle.get("manual", "")),
            "mode": mask.id(bundle.get("mode", "")),
        },
        "numbers": [_number(number, mask) for number in numbers_in(result.get("numbers"))],
        "steps": [_step(step, mask, names) for step in result["steps"]],
    }


def _account(account: str, mask: Mask) -> str:
    """Any other than OqsComApp is somebody's, also where it is called as a word of ours is."""
    return ACCOUNT if is_ours(account) else mask.name(account)


def _result(place: Path | Refused, now: datetime) -> Mapping[str, Any] | Refused:
    data = place if isinstance(place, Refused) else read_bytes(place)
    if isinstance(data, Refused):
        return data
    assert isinstance(place, Path)
    result = read_result(place, data, now)
    if isinstance(result, Refused):
        return result
    form: Mapping[str, Any] = json.loads(data)
    return form


def _number(number: NumberForm, mask: Mask) -> dict[str, Any]:
    person = number.get("person")
    return {
        "label": number["label"],
        "id": mask.id(number["id"]),
        "person": mask.name(person) if person else None,
        "needs": [
            label if LABEL.fullmatch(label) else mask.mark(label) for label in number["needs"]
        ],
        "steps": [mask.id(step) for step in number["steps"]],
        "open": number["open"],
    }


def _step(step: Mapping[str, Any], mask: Mask, names: frozenset[str]) -> dict[str, Any]:
    return {
        **{key: mask.id(step[key]) for key in ("id", "kind")},
        **{key: step[key] for key in ("scope", "status")},
        **{key: mask.value(step.get(key), names) for key in ("wanted", "found", "message")},
        "done": "done" in step,
    }
