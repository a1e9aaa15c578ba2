"""Afterwards, apart from the engineer: what the plan asked for, and what became of it."""

import re
from collections.abc import Collection
from typing import Any

from tests.on_site.engineer import Diary, Paper
from tests.on_site.site import Site

DONE = ("ok", "changed", "not-applicable")
SAID = "作業した人が、済んだと答えました"


def paper_of(site: Site, values: dict[str, str]) -> Paper:
    """What is printed: every row with its class. The engineer has it in hand."""
    rows = tuple((step["how"], step["title"]) for step in site.plan["steps"])
    fingerprint = re.sub("[^0-9A-F]", "", site.plan["bundle"]["publisher"].upper())
    groups = {f"group {n}": four for n, four in enumerate(re.findall("....", fingerprint), 1)}
    return Paper(rows, values | groups)


def unseen(site: Site, diary: Diary) -> list[str]:
    """Steps that were neither on a screen nor done: from the paper, or by the PC."""
    shown = "\n".join(diary.screens)
    named = [*diary.done, *(_done_by_pc(site) if diary.finished else ())]
    return [
        step["id"]
        for step in site.plan["steps"]
        if step["title"] not in shown and step["title"] not in named
    ]


def _done_by_pc(site: Site) -> list[str]:
    """Titles of what the PC says to be as wanted. Of what is fine a screen gives the count alone."""
    done = {step["id"] for step in site.computer.result()["steps"] if step["status"] in DONE}
    return [step["title"] for step in site.plan["steps"] if step["id"] in done]


def only_on_paper(site: Site, diary: Diary) -> list[str]:
    """Steps that no screen ever named."""
    shown = "\n".join(diary.screens)
    return [step["id"] for step in site.plan["steps"] if step["title"] not in shown]


def open_steps(site: Site, diary: Diary) -> list[str]:
    """Steps that are not as wanted, and of which nobody has said that they are done."""
    found: list[dict[str, Any]] = site.computer.result()["steps"]
    titles = {step["id"]: step["title"] for step in site.plan["steps"]}
    return [
        step["id"]
        for step in found
        if step["status"] not in DONE
        and SAID not in step["message"]
        and titles[step["id"]] not in diary.done
    ]


def numbers_done(site: Site, open_ones: Collection[str]) -> list[str]:
    """Labels of the numbers all of whose steps are done."""
    numbers: list[dict[str, Any]] = site.plan["numbers"]
    return [n["label"] for n in numbers if not set(n["steps"]) & set(open_ones)]
