"""What a visit costs the engineer: actions, questions, restarts and minutes, played on the fake PC.

``python benchmarks/on_site.py [--format json] [--rounds N] [--obstacles] [--bad SEED …] [--cuts N] FILE…`` plays the
first terminal of each clinic's file. The engineer knows the screen and the paper alone (``on_site_hands.yaml``,
``on_site_times.yaml``); a step of the plan that was neither seen nor done is an error. ``--obstacles`` plays once with each
of what may be missing, and the second visit; ``--bad`` plays badly; ``--cuts`` cuts the power at so many questions.
"""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from oqsgen.bundle import CHECKLIST
from oqsgen.clinic import TerminalProfile
from tests.examples import profiles_of
from tests.on_site.compare import only_on_paper
from tests.on_site.engineer import Manner
from tests.on_site.figures import blocks, figures
from tests.on_site.site import Site
from tests.on_site.visit import OBSTACLES, arrive, play, undo
from tests.sealed import signer

LATE = 12
"""The question from which on everything is put off, where the time is up."""
CARELESS = 0.3
"""Every third question gets a key that is wrong, every third window of Windows no."""


@contextmanager
def site_at(profile: TerminalProfile) -> Iterator[Site]:
    """A PC before its first visit."""
    with tempfile.TemporaryDirectory() as name:
        yield arrive(profile, signer(), Path(name) / "pc")


def pages(site: Site) -> int:
    """Of the sheet that is printed."""
    from pypdf import PdfReader

    return len(PdfReader(site.computer.script().parent / CHECKLIST).pages)


def good(profile: TerminalProfile, rounds: int) -> tuple[dict[str, Any], list[str]]:
    """The figures of a visit in which nothing goes wrong, and the steps that it missed."""
    with site_at(profile) as site:
        visit = play(profile, site, Manner(rounds=rounds))
        numbers = figures(visit.diary) | {
            "pages of the sheet": pages(site),
            "steps on no screen": len(only_on_paper(site, visit.diary)),
            "steps open": len(visit.open_steps),
            "actions by block": blocks(visit.diary),
        }
        if visit.lost:
            numbers["lost"] = visit.lost
        return numbers, visit.unseen


def with_obstacle(profile: TerminalProfile, missing: str) -> dict[str, Any]:
    """A visit without something, and the one after it."""
    with site_at(profile) as site:
        late = LATE if missing == "time" else None
        first = play(profile, site, Manner(missing=frozenset([missing]), late_at=late))
        done, could = first.numbers({missing})
        found: dict[str, Any] = {"numbers done": done, "numbers that could be": could}
        second = play(profile, site, before=first)
        hands = [event for event in second.diary.events if event.what == "hands"]
        if hands:
            before = second.diary.events[: second.diary.events.index(hands[0])]
            found["second visit: actions to the first open number"] = sum(e.actions for e in before)
        asked = [m for m in second.diary.done if m in first.diary.done and "更新" not in m]
        found["second visit: asked again"] = len(asked)
        found |= {"lost": first.lost or second.lost} if first.lost or second.lost else {}
        return found


def bad(profile: TerminalProfile, seed: int) -> dict[str, Any]:
    """A visit gone wrong; afterwards another engineer does it well, or it is undone."""
    with site_at(profile) as site:
        pick = random.Random(seed)
        manner = Manner(
            rounds=2,
            seed=seed,
            stick_out_at=pick.randrange(30),
            cut_at=pick.randrange(30),
            careless=CARELESS,
            uac=CARELESS,
        )
        first = play(profile, site, manner)
        found: dict[str, Any] = {"given up": first.lost}
        if seed % 2:
            found["undone with"] = undo(site)
            return found
        second = play(profile, site, before=first)
        return found | {"went on": second.diary.finished, "open": second.open_steps}


def cut(profile: TerminalProfile, at: int) -> dict[str, int]:
    """What the power cut at a question costs: actions and secrets more than without."""
    with site_at(profile) as site:
        whole = figures(play(profile, site).diary)
    with site_at(profile) as site:
        more = figures(play(profile, site, Manner(cut_at=at)).diary)
    return {name: more[name] - whole[name] for name in ("actions door to door", "secrets")}


def table(found: dict[str, dict[str, Any]]) -> str:
    """The figures side by side, a column for each file and number of rounds."""
    names = list(dict.fromkeys(name for figures in found.values() for name in figures))
    rows = [["", *found]]
    for name in names:
        if name != "actions by block":
            rows.append([name, *(str(figures.get(name, "")) for figures in found.values())])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def main() -> None:
    """Play and print; 1 where a step was neither seen nor done."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--rounds", type=int, action="append")
    parser.add_argument("--obstacles", action="store_true")
    parser.add_argument("--bad", type=int, action="append", default=[])
    parser.add_argument("--cuts", type=int, default=0)
    parser.add_argument("file", type=Path, nargs="+")
    options = parser.parse_args()
    found: dict[str, dict[str, Any]] = {}
    missed: dict[str, list[str]] = {}
    for path in options.file:
        profile, *others = profiles_of(path)
        for terminal in (profile, *others[:1]):
            for rounds in options.rounds or [0, 2]:
                name = f"{path.stem} {terminal.terminal.name} {rounds}"
                found[name], missed[name] = good(terminal, rounds)
        if options.obstacles:
            found |= {
                f"{path.stem} without {one}": with_obstacle(profile, one) for one in OBSTACLES
            }
        found |= {f"{path.stem} badly {seed}": bad(profile, seed) for seed in options.bad}
        for at in random.Random(0).sample(range(24), options.cuts):
            found[f"{path.stem} cut at {at}"] = cut(profile, at)
    print(
        json.dumps(found, ensure_ascii=False, indent=1)
        if options.format == "json"
        else table(found)
    )
    for name, steps in missed.items():
        for step in steps:
            print(f"{name}: neither seen nor done: {step}", file=sys.stderr)
    sys.exit(1 if any(missed.values()) else 0)


if __name__ == "__main__":
    main()
