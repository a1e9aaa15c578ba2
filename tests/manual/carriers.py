"""Where an item of the documents can be carried, and what is said there."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import yaml
from pdfminer.high_level import extract_text

from oqsgen.clinic import TerminalProfile
from oqsgen.input.problems import Problem
from oqsgen.manual.items import Item
from oqsgen.plan.step import Step
from tests import ROOT
from tests.examples import FOLDER, bundle_of, plan_of, read
from tests.runtime.vocabulary import tokens

PARTS = ROOT / "templates" / "ps1"


def file_for(facts: str | Mapping[str, Any], folder: Path) -> Path:
    """The clinic's file: an example's, or one written into ``folder`` with other keys.

    Keys replace those of the example, mapping by mapping; null takes a key away.
    """
    if isinstance(facts, str):
        return FOLDER / f"{facts}.yaml"
    example = yaml.safe_load((FOLDER / f"{facts['example']}.yaml").read_bytes())
    changed = {key: value for key, value in facts.items() if key not in ("example", "terminal")}
    path = folder / "clinic.yaml"
    path.write_text(yaml.safe_dump(_merged(example, changed), allow_unicode=True), "utf-8")
    return path


def _merged(old: Any, new: Any) -> Any:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return new
    merged = {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}
    return {key: value for key, value in merged.items() if value is not None}


class Carriers:
    """What is printed and said for the clinic of an item: on its first terminal, or the named one."""

    def __init__(self, item: Item, folder: Path) -> None:
        self.profiles, self.problems = read(file_for(item.facts, folder))
        name = None if isinstance(item.facts, str) else item.facts.get("terminal")
        self.profile = next((p for p in self.profiles if name in (None, p.terminal.name)), None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The plan of the terminal; empty where the file has an error."""
        return () if self.profile is None else plan_of(self.profile)

    def of(self, name: str) -> list[Step | Problem | TerminalProfile | str]:
        """What is called ``name`` there: empty where nothing is."""
        if name == "sheet":
            return [] if self.profile is None else [self.profile]
        if name.startswith("pc:"):
            part = name.removeprefix("pc:")
            kind = part.rpartition("/")[2]
            there = not _is_kind(part) or any(kind == step.kind for step in self.steps)
            return [said_by(part)] if there else []
        if name.isupper():
            return [problem for problem in self.problems if problem.code == name]
        return [step for step in self.steps if name == step.id or name in step.requirements]


def text_of(carrier: Step | Problem | TerminalProfile | str) -> str:
    """What a carrier says, as one text without white space."""
    if isinstance(carrier, Step):
        printed = [text for value in carrier.values for text in value]
        return _packed("\n".join((carrier.title, carrier.what, carrier.check, *printed)))
    if isinstance(carrier, Problem):
        return _packed(carrier.message)
    if isinstance(carrier, TerminalProfile):
        return _sheet(carrier)
    return _packed(carrier)


def values_of(carrier: Step | Problem | TerminalProfile | str) -> frozenset[str]:
    """The exact values that a carrier prints or sets; those of other carriers are in their text."""
    if not isinstance(carrier, Step):
        return frozenset()
    printed = (value for _, value in carrier.values)
    return frozenset((*printed, *_leaves(carrier.target), *_leaves(carrier.wanted)))


def _leaves(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key == "xml":
                yield from (text.strip() for text in ElementTree.fromstring(value).itertext())
            else:
                yield from _leaves(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _leaves(value)
    elif data is not None:
        yield str(data)


@cache
def _sheet(profile: TerminalProfile) -> str:
    pdf = bundle_of(profile, None).files["チェックリスト.pdf"]
    return _packed(extract_text(BytesIO(pdf)))


@cache
def said_by(part: str) -> str:
    """The strings of a file of ``templates/ps1``, named without ``.ps1``."""
    text = (PARTS / f"{part}.ps1").read_text("utf-8")
    return "\n".join(token.text for token in tokens(text) if token.kind == "string")


def _is_kind(part: str) -> bool:
    return "Register-Kind" in (PARTS / f"{part}.ps1").read_text("utf-8")


def _packed(text: str) -> str:
    return re.sub(r"\s", "", text)
