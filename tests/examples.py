"""The example clinics, and whatever else is in a clinic's file: its terminals, their steps, their bundles.

What is made of an example is made once in a process, however many tests ask for it.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from oqsgen.bundle import Bundle, make_bundle, script_plan
from oqsgen.clinic import TerminalProfile, resolve
from oqsgen.input.problems import Problem
from oqsgen.input.yaml_reader import load
from oqsgen.plan.plan import make_plan
from oqsgen.plan.step import Step
from oqsgen.plan.visit import visit
from oqsgen.resources import folder
from oqsgen.seal.signer import Signer

FOLDER = folder("specs") / "examples"
EXAMPLES = sorted(FOLDER.glob("*.yaml"))


def read(path: Path) -> tuple[tuple[TerminalProfile, ...], list[Problem]]:
    """The terminals of a file and what is said about it; at least its form is right."""
    document, problems = load(path)
    assert document is not None, problems
    profiles, more = resolve(document)
    return profiles, problems + more


def profiles_of(path: Path) -> tuple[TerminalProfile, ...]:
    """The terminals of a file that has no errors."""
    profiles, problems = read(path)
    assert profiles, problems
    return profiles


def steps_of(path: Path) -> dict[str, Step]:
    """The steps of a file's first terminal by their ids."""
    return {step.id: step for step in plan_of(profiles_of(path)[0])}


@cache
def example(name: str) -> tuple[TerminalProfile, ...]:
    """The terminals of an example."""
    return profiles_of(FOLDER / f"{name}.yaml")


@cache
def plan_of(profile: TerminalProfile) -> tuple[Step, ...]:
    """The steps of a terminal."""
    return make_plan(profile)


@cache
def bundle_of(profile: TerminalProfile, signer: Signer | None) -> Bundle:
    """The bundle of a terminal."""
    return make_bundle(profile, signer)


@cache
def script_plan_of(profile: TerminalProfile) -> dict[str, Any]:
    """The plan in a terminal's unsigned script, of a bundle with no other file: a page takes longer than a plan."""
    plan: dict[str, Any] = json.loads(
        json.dumps(
            script_plan(
                profile, plan_of(profile), visit(profile, plan_of(profile)), "0" * 16, {}, None
            )
        )
    )
    return plan


def plan_in(script: bytes) -> dict[str, Any]:
    """The plan that a script carries, cut out as PowerShell would."""
    text = script.decode("utf-8-sig")
    (plan,) = re.findall(r"\r\n\$plan = @'\r\n(.*?)\r\n'@\r\n", text, re.DOTALL)
    data = json.loads(plan)
    assert isinstance(data, dict)
    return data
