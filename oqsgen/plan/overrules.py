"""What on Windows overrules a setting although its own value is right. Data: ``specs/overrules.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from oqsgen.plan.kind import Action
from oqsgen.resources import spec

TESTS = ("any", "is", "unless", "bits", "until")
"""How a value is judged: whatever it is, one of some, none of some, a bit of it, a time to come."""


@dataclass(frozen=True)
class Condition:
    """A value of the registry that overrules: in which keys, its name, how it is judged and by what.

    Without a ``name`` the keys themselves are meant: whatever stands in one of them. ``data`` may hold
    ``<field>``, that field of what the step wants.
    """

    at: tuple[str, ...]
    name: str | None
    test: str
    data: tuple[str, ...]

    def as_json(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """As the script reads it. Raises KeyError for a field that is not wanted."""
        data = [_filled(text, wanted) for text in self.data]
        return {"at": list(self.at), "name": self.name, "test": self.test, "data": data}


@dataclass(frozen=True)
class Overrule:
    """One thing that overrules settings: what it is called, when it does, what comes of it, what to do.

    ``also`` has to be so besides. ``risk``: the setting may hold all the same, so that its step stays
    OK and the PC only says it. ``source``: where that is written.
    """

    label: str
    condition: Condition
    also: tuple[Condition, ...]
    effect: str
    remedy: str
    risk: bool
    source: str

    def as_json(self, wanted: Mapping[str, Any], *, risk: bool) -> dict[str, Any]:
        """As the script reads it."""
        return {
            "label": self.label,
            **self.condition.as_json(wanted),
            "also": [condition.as_json(wanted) for condition in self.also],
            "effect": self.effect,
            "remedy": self.remedy,
            "risk": risk,
        }


@dataclass(frozen=True)
class Overruled:
    """Some kinds, or values that ``registry`` and ``policy`` give, and what overrules them.

    ``settings`` are names of kinds, or paths as ``HKLM\\key\\name``; ``target`` narrows kinds to
    targets with these fields. ``looked``, where nothing overrules them: where that was looked for.
    """

    settings: tuple[str, ...]
    target: Mapping[str, Any]
    by: tuple[Overrule, ...]
    looked: str

    def concerns(self, action: Action) -> bool:
        """Whether a step with this action is one of them."""
        target = action.target or {}
        return not given_by(action).isdisjoint(self.settings) and all(
            target.get(name) == value for name, value in self.target.items()
        )


def given_by(action: Action) -> frozenset[str]:
    """What a step sets, as ``Overruled.settings`` calls it: its kind, or each value of a registry's key."""
    target = action.target
    if target is None:
        return frozenset()
    if action.kind == "registry":
        return frozenset((rf"{target['hive']}\{target['key']}\{target['name']}",))
    if action.kind == "policy":
        values = (action.wanted or {}).get("values", {})
        present = [name for name, value in values.items() if value is not None]
        return frozenset(rf"HKLM\{target['key']}\{name}" for name in present)
    return frozenset((action.kind,))


def overrules_of(action: Action) -> tuple[dict[str, Any], ...]:
    """What the PC has to look at besides the step's own state, each once, in the order of the data.

    Where nothing in particular is wanted, there is nothing that could not hold: all are only said.
    """
    wanted = action.wanted or {}
    nothing_wanted = action.wanted == {}
    applicable = dict.fromkeys(
        overrule for entry in entries() if entry.concerns(action) for overrule in entry.by
    )
    return tuple(
        overrule.as_json(wanted, risk=overrule.risk or nothing_wanted) for overrule in applicable
    )


@cache
def entries() -> tuple[Overruled, ...]:
    """All of the data, in its order. Raises KeyError or ValueError where it has another form."""
    data = spec("overrules")
    return tuple(_entry(item, data["remedies"]) for item in data["settings"])


def _entry(item: Mapping[str, Any], remedies: Mapping[str, str]) -> Overruled:
    _known(item, {"for", "target", "by", "looked"})
    by = () if item["by"] == "none" else tuple(_overrule(data, remedies) for data in item["by"])
    if bool(by) == ("looked" in item):
        raise ValueError(f"{item['for']}: either what overrules it, or where that was looked for")
    return Overruled(tuple(item["for"]), item.get("target", {}), by, item.get("looked", ""))


def _overrule(item: Mapping[str, Any], remedies: Mapping[str, str]) -> Overrule:
    texts = {"label", "effect", "remedy", "risk", "source", "also"}
    _known(item, texts | {"at", "name", *TESTS})
    own = {key: value for key, value in item.items() if key not in texts}
    return Overrule(
        label=item["label"],
        condition=_condition(own),
        also=tuple(_condition(data) for data in item.get("also", ())),
        effect=item["effect"],
        remedy=remedies[item["remedy"]],
        risk=item.get("risk", False),
        source=item["source"],
    )


def _condition(item: Mapping[str, Any]) -> Condition:
    tests = [test for test in TESTS if test in item]
    _known(item, {"at", "name", *tests})
    at = item["at"]
    if len(tests) > 1:
        raise ValueError(f"{at}: {' and '.join(tests)}")
    test = tests[0] if tests else "any"
    data = item.get(test, [])
    return Condition(
        at=(at,) if isinstance(at, str) else tuple(at),
        name=item.get("name"),
        test=test,
        data=tuple(str(text) for text in (data if isinstance(data, list) else [data])),
    )


def _known(item: Mapping[str, Any], keys: set[str]) -> None:
    if item.keys() - keys:
        raise ValueError(f"overrules: {sorted(item.keys() - keys)}")


def _filled(text: str, wanted: Mapping[str, Any]) -> str:
    """``<server>,0x9`` with the wanted server; any other text as it is."""
    name, bracket, rest = text.removeprefix("<").partition(">")
    return f"{wanted[name]}{rest}" if text.startswith("<") and bracket else text
