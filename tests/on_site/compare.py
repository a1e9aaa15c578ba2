"""Afterwards, apart from the engineer: what the plan asked for, and what became of it."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from oqsgen.plan.visit import Number, left_without
from tests.on_site.engineer import Diary, Paper
from tests.on_site.site import Site

BY_PC = ("apply", "verify")
"""The classes that the PC sees to; the others are a person's."""
DONE = ("ok", "changed", "not-applicable")
SAID = re.compile("作業した人が、済んだと答えました|この PC が見ました（")
"""What the message says of a step that a person does, once it is done."""


def paper_of(site: Site, values: dict[str, str], numbers: Sequence[Number] = ()) -> Paper:
    """What is printed: every row with its class, and what it needs. The engineer has it in hand."""
    titles = {step["id"]: step["title"] for step in site.plan["steps"]}
    needs: dict[str, frozenset[str]] = {}
    for missing in {name for number in numbers for name in number.outside}:
        for number in left_without(numbers, {missing}):
            for title in (titles[id] for id in number.steps if id in titles):
                needs[title] = needs.get(title, frozenset()) | {missing}
    rows = tuple((step["how"], step["title"]) for step in site.plan["steps"])
    fingerprint = re.sub("[^0-9A-F]", "", site.plan["bundle"]["publisher"].upper())
    groups = {f"group {n}": four for n, four in enumerate(re.findall("....", fingerprint), 1)}
    return Paper(rows, values | groups, needs)


def unseen(site: Site, diary: Diary) -> list[str]:
    """Steps that were neither on a screen nor done: from the paper, or by the PC."""
    return [step["id"] for step in _unshown(site, diary) if step["title"] not in diary.done]


def only_on_paper(site: Site, diary: Diary) -> list[str]:
    """Steps of a person that no screen ever named, and what the PC left open without a word."""
    return [step["id"] for step in _unshown(site, diary)]


def _unshown(site: Site, diary: Diary) -> list[dict[str, Any]]:
    """Steps on no screen, but for what the PC did or saw: of that a screen gives the count alone.

    Nor what is for trouble only, which stands behind a key (tests/runtime/test_screens.py).
    """
    # A title may go over two lines.
    shown = "\n".join((*diary.screens, *(re.sub(r"\n +", "", text) for text in diary.screens)))
    fine = _done_by_pc(site) | _left_by_pc(site, diary) if diary.finished else set()
    fine |= {id for number in site.plan["numbers"] for id in number["trouble"]}
    steps: list[dict[str, Any]] = site.plan["steps"]
    return [step for step in steps if step["title"] not in shown and step["id"] not in fine]


def _done_by_pc(site: Site) -> set[str]:
    """Steps that the results say to be as wanted, and not because somebody has said so."""
    found: list[dict[str, Any]] = site.computer.result()["steps"]
    return {
        step["id"] for step in found if step["status"] in DONE and not SAID.search(step["message"])
    }


def _left_by_pc(site: Site, diary: Diary) -> set[str]:
    """The PC's own steps of the numbers that the last screen names as left."""
    own = {step["id"] for step in site.plan["steps"] if step["how"] in BY_PC}
    left: set[str] = set()
    for number in site.plan["numbers"]:
        label = re.escape(number["label"])
        # By its title; or, where there are many, by its label behind whose it is.
        named = rf"^ +{label} +{re.escape(number['title'])}( |$)|^ +[^ :]+:( \S+)* {label}( |$)"
        if number["id"] == "next-day":
            named += "|翌日の 1 件は"
        if re.search(named, diary.screens[-1], re.MULTILINE):
            left |= {*number["steps"]}
    return left & own


def open_steps(site: Site, diary: Diary) -> list[str]:
    """Steps that are not as wanted, and of which nobody has said that they are done, nor the PC seen it."""
    found: list[dict[str, Any]] = site.computer.result()["steps"]
    titles = {step["id"]: step["title"] for step in site.plan["steps"]}
    return [
        step["id"]
        for step in found
        if step["status"] not in DONE
        and not SAID.search(step["message"])
        and titles[step["id"]] not in diary.done
    ]


def confirmed(site: Site) -> tuple[str, ...]:
    """Titles of the steps that somebody has said to be done, or the PC has seen somebody do."""
    titles = {step["id"]: step["title"] for step in site.plan["steps"]}
    found: list[dict[str, Any]] = site.computer.result()["steps"]
    return tuple(titles[step["id"]] for step in found if SAID.search(step["message"]))


def seen_later(site: Site) -> set[str]:
    """Steps that the PC alone looks at, and cannot yet: nobody could do anything about them."""
    hows = {step["id"]: step["how"] for step in site.plan["steps"]}
    found: list[dict[str, Any]] = site.computer.result()["steps"]
    return {s["id"] for s in found if s["status"] == "unknown" and hows.get(s["id"]) == "verify"}


def numbers_done(site: Site, open_ones: Collection[str]) -> list[str]:
    """Labels of the numbers all of whose steps are done."""
    numbers: list[dict[str, Any]] = site.plan["numbers"]
    return [n["label"] for n in numbers if not set(n["steps"]) & set(open_ones)]
