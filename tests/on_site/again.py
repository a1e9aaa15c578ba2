"""What is done once more, though it had been done: at the second visit, on the second terminal, after a power cut."""

import re
import shutil
from collections.abc import Mapping
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.model import Vendor
from oqsgen.seal.signer import Signer
from tests.examples import bundle_of
from tests.on_site.engineer import STAFF, Diary, data, is_about
from tests.on_site.site import Site
from tests.on_site.visit import Visit

WORK = ("question", "secret", "dialog", "hands")
"""Events that are work; the others are coming back to it."""


def figures_of(second: Visit, first: Visit) -> dict[str, Any]:
    """What a second visit costs before it is where the first was left, and what it asks that was answered."""
    found: dict[str, Any] = {"second visit: asked again": len(asked_again(second, first))}
    if second.diary.first is not None:
        before = second.diary.events[: second.diary.first]
        found["second visit: actions to the first open number"] = sum(e.actions for e in before)
    return found


def asked_again(second: Visit, first: Visit) -> list[str]:
    """What a person had said to be done at the first visit and is shown at the second; what hands do once more, but for
    what comes again by itself."""
    shown = "\n".join(re.sub(r"\n +", "", screen) for screen in second.diary.screens)
    titles = [title for title in first.confirmed if f"――― {title} ―――" in shown]
    repeats = {hand.get("screen") or hand["paper"] for hand in _hands() if hand.get("again")}
    done = {e.detail for e in first.diary.events if e.what == "hands" and e.actions} - repeats
    # The turn of one of the staff is another person's.
    hands = (event for event in second.diary.events if event.what == "hands")
    again = (event.detail for event in hands if event.block != STAFF)
    return titles + [mark for mark in again if mark in done]


def repeated(more: Diary, whole: Diary) -> dict[str, int]:
    """Actions and secrets of a visit beyond those of another; coming back is counted apart."""

    def actions(diary: Diary, work: bool) -> int:
        return sum(event.actions for event in diary.events if (event.what in WORK) == work)

    return {
        "cut: actions repeated": actions(more, True) - actions(whole, True),
        "cut: secrets repeated": more.count("secret") - whole.count("secret"),
        "cut: actions to come back": actions(more, False) - actions(whole, False),
    }


def once_per_clinic(site: Site, visit: Visit) -> int:
    """Actions for what is done once in a clinic, and not on each of its terminals."""
    titles = {step["id"]: step["title"] for step in site.plan["steps"]}
    once = [
        titles[id]
        for number in site.plan["numbers"]
        if number["per"] == "clinic"
        for id in number["steps"]
        if id in titles and id not in number["eachTerminal"]
    ]
    marks = {
        hand.get("screen") or hand["paper"]
        for hand in _hands()
        if any(is_about(hand, f"――― {title} ―――") for title in once)
    }
    return sum(event.actions for event in visit.diary.events if event.detail in marks)


def rebuild(profile: TerminalProfile, site: Site, signer: Signer) -> None:
    """The office makes the bundle anew, for the same values: another telephone stands in it."""
    vendor = (profile.vendor or Vendor()).model_copy(update={"phone": "03-9999-9999"})
    site.replace_bundle(bundle_of(profile.model_copy(update={"vendor": vendor}), signer).files)


def go_on_to(other: Site, site: Site) -> None:
    """The next PC of the clinic: what the first visit left on the stick, the router that it has set up, and what answers since."""
    machine = site.computer.machine
    other.add({name: machine.get(name, {}) for name in ("hosts", "ports")})
    stick = site.computer.folder / "stick"
    for folder in stick.rglob("results"):
        there = other.computer.folder / "stick" / folder.relative_to(stick)
        shutil.copytree(folder, there, dirs_exist_ok=True)


def _hands() -> list[Mapping[str, Any]]:
    hands: list[Mapping[str, Any]] = data("on_site_hands.yaml")["hands"]
    return hands
