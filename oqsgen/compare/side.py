"""One terminal as far as it is compared: its input, its steps, and the words of its checklist."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from oqsgen import __version__
from oqsgen.clinic import TerminalProfile
from oqsgen.limits import PLAN_DEPTH
from oqsgen.manual.sources import edition
from oqsgen.plan.plan import make_plan
from oqsgen.plan.step import Step
from oqsgen.render.sheet import about, content
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.manifest_reader import text
from oqsgen.subjects import KINDS

WITHOUT_ID = "0" * 32
"""In the place of a bundle's id, so that it is no difference of words."""


class Said(NamedTuple):
    """How a field of a state is said: what it is called, and the words for its values."""

    label: str
    words: Mapping[str, str]

    def word(self, value: str) -> str:
        """A value as people read it."""
        return self.words.get(value, value)


@dataclass(frozen=True)
class PlanStep:
    """A step of a plan that may be of another version, or anybody's. ``fields``: how people say those of ``wanted``."""

    id: str
    title: str
    how: str
    texts: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]
    target: Any
    wanted: Any
    fields: Mapping[str, "Said"]


@dataclass(frozen=True)
class Side:
    """A terminal of one of the two. ``pages`` are the checklist's, None where this version cannot make them."""

    code: str
    terminal: str
    manual: str
    tool: str
    id: str | None
    signer: str | None
    input: Any
    steps: tuple[PlanStep, ...]
    pages: tuple[Any, ...] | None

    @property
    def name(self) -> str:
        """As the bundle's folder is called."""
        return f"{self.code}_{self.terminal}"


def of_profile(profile: TerminalProfile) -> Side:
    """The terminal as it would be built now."""
    steps = make_plan(profile)
    kinds = {name: kind.as_said() for name, kind in KINDS.items()}
    data = json.loads(json.dumps([step.as_json() for step in steps]))
    return Side(
        profile.facility.code,
        profile.terminal.name,
        edition(),
        f"oqsgen {__version__}",
        None,
        None,
        profile.resolved_input(),
        plan_steps({"kinds": kinds, "steps": data}),
        printed_pages(profile, steps),
    )


def printed_pages(profile: TerminalProfile, steps: Sequence[Step]) -> tuple[Any, ...]:
    """The words of each page of the checklist, but for those of its bundle and its publisher."""
    data = content(about(profile, steps, WITHOUT_ID, None))
    return tuple([data["title"], data["head"], page["blocks"]] for page in data["pages"])


def plan_steps(plan: Mapping[str, Any]) -> tuple[PlanStep, ...]:
    """The steps of a plan as it stands in a script. Raises SealError for what is none."""
    data = plan.get("steps")
    if not isinstance(data, list) or is_deeper(plan, PLAN_DEPTH.value):
        raise _no_steps()
    steps = tuple(_step(each, plan.get("kinds")) for each in data)
    if len({step.id for step in steps}) != len(steps):
        raise _no_steps()
    return steps


def _step(data: Any, kinds: Any) -> PlanStep:
    if not text(data, "id"):
        raise _no_steps()
    values = data.get("values")
    listed = values if isinstance(values, list) else []
    return PlanStep(
        text(data, "id"),
        text(data, "title"),
        text(data, "how"),
        tuple((label, text(data, field)) for field, label in TEXTS.items()),
        tuple((text(v, "label"), text(v, "value")) for v in listed),
        data.get("target"),
        data.get("wanted"),
        _fields(kinds, text(data, "kind")),
    )


TEXTS = {"what": "すること", "check": "確認"}
"""The texts of a step, as they are called."""


def _fields(kinds: Any, kind: str) -> dict[str, Said]:
    of_kind = kinds.get(kind) if isinstance(kinds, dict) else None
    listed = of_kind.get("fields") if isinstance(of_kind, dict) else None
    every = listed if isinstance(listed, list) else []
    return {text(field, "name"): _said(field) for field in every if text(field, "label")}


def _said(field: Any) -> Said:
    words = field.get("words")
    texts = words.items() if isinstance(words, dict) else ()
    return Said(text(field, "label"), {key: word for key, word in texts if isinstance(word, str)})


def is_deeper(data: Any, levels: int) -> bool:
    """Whether JSON data is nested deeper than so many levels."""
    if isinstance(data, dict | list):
        inner = data.values() if isinstance(data, dict) else data
        return levels == 0 or any(is_deeper(each, levels - 1) for each in inner)
    return False


def _no_steps() -> SealError:
    return SealError(
        "NO_PLAN", "手順の一覧として読めません。oqsgen build で作った一式を指定してください。"
    )
