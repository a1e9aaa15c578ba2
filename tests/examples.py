"""The example clinics, and whatever else is in a clinic's file: its terminals, their steps, their bundles.

What is made of an example is made once in a process, however many tests ask for it.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from oqsgen.bundle import Bundle, make_bundle
from oqsgen.clinic import Site, resolve
from oqsgen.input.problems import Problem
from oqsgen.input.yaml_reader import load
from oqsgen.plan.plan import make_plan
from oqsgen.plan.step import Step
from oqsgen.resources import folder
from oqsgen.seal.signer import Signer

FOLDER = folder("specs") / "examples"
EXAMPLES = sorted(FOLDER.glob("*.yaml"))


def read(path: Path) -> tuple[tuple[Site, ...], list[Problem]]:
    """The terminals of a file and what is said about it; at least its form is right."""
    document, problems = load(path)
    assert document is not None, problems
    sites, more = resolve(document)
    return sites, problems + more


def sites_of(path: Path) -> tuple[Site, ...]:
    """The terminals of a file that has no errors."""
    sites, problems = read(path)
    assert sites, problems
    return sites


def steps_of(path: Path) -> dict[str, Step]:
    """The steps of a file's first terminal by their ids."""
    return {step.id: step for step in plan_of(sites_of(path)[0])}


@cache
def example(name: str) -> tuple[Site, ...]:
    """The terminals of an example."""
    return sites_of(FOLDER / f"{name}.yaml")


@cache
def plan_of(site: Site) -> tuple[Step, ...]:
    """The steps of a terminal."""
    return make_plan(site)


@cache
def bundle_of(site: Site, signer: Signer | None) -> Bundle:
    """The bundle of a terminal."""
    return make_bundle(site, signer)


def plan_in(script: bytes) -> dict[str, Any]:
    """The plan that a script carries, cut out as PowerShell would."""
    text = script.decode("utf-8-sig")
    (plan,) = re.findall(r"\r\n\$plan = @'\r\n(.*?)\r\n'@\r\n", text, re.DOTALL)
    data = json.loads(plan)
    assert isinstance(data, dict)
    return data
