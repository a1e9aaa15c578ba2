"""What a visit costs the engineer: actions, questions, restarts and minutes, played on the fake PC.

``python benchmarks/on_site.py [--format json] [--rounds N …] [--obstacles] [--again] [--bad SEED …] [--cuts N] FILE…`` plays
the first and the second terminal of each clinic's file. The engineer knows the screen and the paper alone
(``on_site_hands.yaml``, ``on_site_times.yaml``). ``--obstacles`` plays once with each of what may be missing, and the visit
after it (``--without``: with one of them); ``--again`` the second visit with a rebuilt bundle, and the second terminal; ``--bad``
plays badly; ``--cuts`` cuts the power at so many questions, ``all`` at each.

Below the figures stands which goals (``on_site_goals.yaml``) are reached. An error is: a step of the plan that was neither seen
nor done, a visit that the engineer had to give up, and a figure above what was reached before (``on_site_bounds.yaml``;
``--lower`` writes down what is better now). With ``--goals`` it is one, too, that a goal is not reached, or that starts, UAC,
restarts or questions of any example are more than a fifth above.
"""

import argparse
import json
import math
import multiprocessing
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from oqsgen.bundle import CHECKLIST
from oqsgen.clinic import TerminalProfile
from tests.examples import profiles_of
from tests.on_site import again
from tests.on_site.compare import only_on_paper
from tests.on_site.engineer import FOLDER, Manner
from tests.on_site.figures import blocks, figures, worst
from tests.on_site.goals import Play, above, bounds_of, goals_of, most_of, play_of
from tests.on_site.site import Site
from tests.on_site.visit import OBSTACLES, Visit, arrive, play, undo
from tests.sealed import signer

CARELESS = 0.3
"""Every third question gets a key that is wrong, every third window of Windows no."""
FAR = 30
"""What goes wrong goes wrong at one of so many first questions."""


@dataclass
class Played:
    """What came of a visit. ``missed``: steps neither seen nor done; ``said``: what the figures alone would hide."""

    play: Play
    figures: dict[str, Any]
    missed: list[str] = field(default_factory=list)
    lost: str = ""
    said: list[str] = field(default_factory=list)


@contextmanager
def site_at(profile: TerminalProfile) -> Iterator[Site]:
    """A PC before its first visit."""
    with tempfile.TemporaryDirectory() as name:
        yield arrive(profile, signer(), Path(name) / "pc")


def pages(site: Site) -> int:
    """Of the sheet that is printed."""
    from pypdf import PdfReader

    return len(PdfReader(site.computer.script().parent / CHECKLIST).pages)


def good(profile: TerminalProfile, name: str, rounds: int) -> Played:
    """A visit in which nothing goes wrong."""
    with site_at(profile) as site:
        visit = play(profile, site, Manner(rounds=rounds))
        numbers = figures(visit.diary) | {
            "pages of the sheet": pages(site),
            "steps on no screen": len(only_on_paper(site, visit.diary)),
            "steps open": len(visit.open_steps),
            "actions by block": blocks(visit.diary),
        }
        said = [f"open at the end: {step}" for step in visit.open_steps] + worst(visit.diary)
        return Played(play_of(profile, rounds, name), numbers, visit.unseen, visit.lost, said)


def with_obstacle(profile: TerminalProfile, name: str, missing: str) -> Played:
    """A visit without something, and the one after it. The time is up at a random question."""
    with site_at(profile) as site:
        late = random.Random(0).randrange(FAR) if missing == "time" else None
        first = play(profile, site, Manner(missing=frozenset([missing]), late_at=late))
        done, could = first.numbers({missing})
        left = first.left_undone({missing})
        found: dict[str, Any] = {
            "numbers done": done,
            "numbers that could be": could,
            "numbers not done that could be": len(left),
        }
        second = play(profile, site, before=first)
        found |= again.figures_of(second, first)
        said = [f"could be done and was not: {label}" for label in left]
        return Played(play_of(profile, 0, name), found, lost=first.lost or second.lost, said=said)


def rebuilt(profile: TerminalProfile, name: str) -> Played:
    """The certificate arrives later, and the office has built the bundle anew in between."""
    with site_at(profile) as site:
        first = play(profile, site, Manner(missing=frozenset(["certificate-notice"])))
        again.rebuild(profile, site, signer())
        second = play(profile, site, before=first, rebuilt=True)
        asked = len(again.asked_again(second, first))
        found = {"second visit: asked again of a rebuilt bundle": asked}
        return Played(play_of(profile, 0, name), found, lost=first.lost or second.lost)


def second_terminal(terminals: Sequence[TerminalProfile], name: str) -> Played:
    """The second terminal of a clinic, with what the visit to the first left on the stick."""
    with site_at(terminals[0]) as site, site_at(terminals[1]) as other:
        first = play(terminals[0], site)
        again.go_on_to(other, site)
        second = play(terminals[1], other)
        found = {"second terminal: once-per-clinic actions": again.once_per_clinic(other, second)}
        return Played(play_of(terminals[1], 0, name), found, lost=first.lost or second.lost)


def bad(profile: TerminalProfile, name: str, seed: int) -> Played:
    """A visit gone wrong; afterwards another engineer does it well, or it is undone."""
    pick = random.Random(seed)
    manner = Manner(
        rounds=seed % 4,
        seed=seed,
        early=CARELESS,
        held=seed % 2 == 0,
        careless=CARELESS,
        uac=CARELESS,
        always=("", "", "s", "n")[seed % 4],
        quit_at=pick.choice([None, pick.randrange(FAR)]),
        stick_out=pick.random() < CARELESS,
        stick_out_at=pick.choice([None, pick.randrange(FAR)]),
        cut_at=pick.randrange(FAR),
    )
    with site_at(profile) as site:
        first = play(profile, site, manner)
        found: dict[str, Any] = {"answered by keys typed before": first.diary.early}
        said = [f"given up: {first.lost}"] if first.lost else []
        kind = play_of(profile, 0, name)
        if seed % 3 == 0:
            return Played(kind, found | {"undone with": undo(site)}, said=said)
        second = play(profile, site, before=first)
        said += [f"open at the end: {step}" for step in second.open_steps]
        return Played(kind, found, lost=second.lost, said=said)


def cut(profile: TerminalProfile, name: str, at: int) -> Played:
    """What the power cut at a question costs: what had been done and is done once more."""
    whole = uncut(profile)
    with site_at(profile) as site:
        more = play(profile, site, Manner(cut_at=at))
    found = again.repeated(more.diary, whole.diary)
    return Played(play_of(profile, 0, name), found, lost=whole.lost or more.lost)


def broken(name: str, error: BaseException) -> Played:
    """A play that came to no end."""
    return Played(Play(name, "", 0, 0), {}, lost=f"{type(error).__name__}: {error}")


@cache
def uncut(profile: TerminalProfile) -> Visit:
    """A visit that every cut is compared with."""
    with site_at(profile) as site:
        return play(profile, site)


def questions_of(profile: TerminalProfile) -> int:
    """How many questions a visit has, with those that the PC answers itself."""
    diary = uncut(profile).diary
    return sum(diary.count(what) for what in ("question", "secret", "uac", "dialog", "watched"))


Task = tuple[Callable[..., Played], tuple[Any, ...]]


def tasks_of(path: Path, options: argparse.Namespace) -> Iterator[Task]:
    """What is to be played of a clinic's file."""
    terminals = profiles_of(path)[:2]
    first = terminals[0]
    for terminal in terminals:
        for rounds in options.rounds or [0, 2]:
            name = f"{path.stem} {terminal.terminal.name} {rounds}"
            yield good, (terminal, name, rounds)
    for one in OBSTACLES if options.obstacles else options.without:
        yield with_obstacle, (first, f"{path.stem} without {one}", one)
    if options.again:
        yield rebuilt, (first, f"{path.stem} rebuilt")
        if len(terminals) > 1:
            yield second_terminal, (terminals, f"{path.stem} second terminal")
    for seed in options.bad:
        yield bad, (first, f"{path.stem} badly {seed}", seed)
    if options.cuts != "0":
        count = questions_of(first)
        some = count if options.cuts == "all" else min(count, int(options.cuts))
        for at in sorted(random.Random(0).sample(range(count), some)):
            yield cut, (first, f"{path.stem} cut at {at}", at)


def table(played: Sequence[Played]) -> str:
    """The figures side by side, a column for each play."""
    names = list(dict.fromkeys(name for one in played for name in one.figures))
    rows = [["", *(one.play.name for one in played)]]
    for name in names:
        if name != "actions by block":
            rows.append([name, *(str(one.figures.get(name, "")) for one in played)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def judged(one: Played) -> dict[str, list[str]]:
    """Which goals a play reaches, which not, what is more than a fifth above, and what was better before."""
    goals = {name: goal for name, goal in goals_of(one.play).items() if name in one.figures}
    missed = above(one.figures, goals)
    short = {text.split(": ")[0] for text in missed}
    return {
        "reached": [f"{name}: {one.figures[name]}" for name in goals if name not in short],
        "not reached": missed,
        "more than a fifth above": above(one.figures, most_of(one.play)),
        "worse than before": above(one.figures, bounds_of(one.play.name)),
        "neither seen nor done": one.missed,
        "given up": [one.lost] if one.lost else [],
        "said": one.said,
    }


def lower(played: Sequence[Played]) -> None:
    """Writes down what was reached where that is better than before; where a goal is reached, the goal."""
    path = FOLDER / "on_site_bounds.yaml"
    head = path.read_text("utf-8").split("\n\n")[0]
    kept: dict[str, dict[str, float]] = yaml.safe_load(path.read_text("utf-8")) or {}
    for one in played:
        for name, goal in goals_of(one.play).items():
            value = one.figures.get(name)
            if value is not None:
                of = kept.setdefault(one.play.name, {})
                more = name.startswith("minutes")  # to spare
                of[name] = int(max(goal, min(of.get(name, math.inf), math.ceil(value) + more)))
    body = yaml.safe_dump(kept, allow_unicode=True, width=120)
    path.write_text(f"{head}\n\n{body}", "utf-8")


def options_of() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    parser.add_argument("--rounds", type=int, action="append")
    parser.add_argument("--obstacles", action="store_true")
    parser.add_argument("--without", choices=OBSTACLES, action="append", default=[])
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--bad", type=int, action="append", default=[])
    parser.add_argument("--cuts", default="0")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--goals", action="store_true")
    parser.add_argument("--lower", action="store_true")
    parser.add_argument("file", type=Path, nargs="+")
    return parser.parse_args()


def main() -> None:
    """Play and print; 1 where something is an error."""
    options = options_of()
    tasks = [task for path in options.file for task in tasks_of(path, options)]
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.jobs, mp_context=fresh) as pool:
        work = [(pool.submit(play, *what), what) for play, what in tasks]
        played = []
        for each, given in work:
            error = each.exception()
            played.append(each.result() if error is None else broken(given[1], error))
            print(f"played: {played[-1].play.name}", file=sys.stderr)
    verdicts = {one.play.name: judged(one) for one in played}
    if options.format == "json":
        found = {one.play.name: one.figures | verdicts[one.play.name] for one in played}
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print(table(played))
        for name, verdict in verdicts.items():
            for what, texts in verdict.items():
                if texts:
                    print(f"{name}: {what}: {'; '.join(texts)}")
    if options.lower:
        lower(played)
    errors = ["worse than before", "neither seen nor done", "given up"]
    if options.goals:
        errors += ["not reached", "more than a fifth above"]
    sys.exit(any(verdict[what] for verdict in verdicts.values() for what in errors))


if __name__ == "__main__":
    main()
