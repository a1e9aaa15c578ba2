"""Fuzzing for as long as there is time: ``nice python -m tests.fuzz --minutes 20``.

Each fuzzer named (all where none is) gets an equal share of the minutes and a seed of its own (``--seed N``
for that one). One case again, with what it raises: ``python -m tests.fuzz messages --seed 1 --case 17``.
``journals`` are read only where they are named: they need PowerShell. Printed are how many cases ran, in how many seconds of CPU, the slowest of them, what became of them, and each
kind of broken case once.
Not in CI: there ``test_fuzz.py`` runs a fixed number.
"""

import argparse
import random
import sys
import time
from collections import Counter

from tests.fuzz.all import FUZZERS
from tests.fuzz.engine import Broken, attempt
from tests.fuzz.journals import broken as broken_journals

BATCH = 200
JOURNALS = "journals"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("names", nargs="*", choices=[*(one.name for one in FUZZERS), JOURNALS, []])
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--case", type=int)
    options = parser.parse_args()
    chosen = [one for one in FUZZERS if one.name in options.names or not options.names]
    any_broken = JOURNALS in options.names and _journals(options.seed, options.minutes)
    for fuzzer in chosen:
        seed = random.randrange(10**9) if options.seed is None else options.seed
        if options.case is not None:
            print(attempt(fuzzer, seed, options.case))
            continue
        outcomes: Counter[str] = Counter()
        broken: dict[str, Broken] = {}
        ends = time.monotonic() + 60 * options.minutes / len(chosen)
        began = time.process_time()
        number, slowest, which = 0, 0.0, 0
        while time.monotonic() < ends:
            before = time.process_time()
            outcome = attempt(fuzzer, seed, number)
            if (taken := time.process_time() - before) > slowest:
                slowest, which = taken, number
            number += 1
            if isinstance(outcome, Broken):
                if outcome.where not in broken:
                    broken[outcome.where] = outcome
                    print(outcome, flush=True)
                outcome = "BROKEN"
            outcomes[outcome] += 1
        seconds = time.process_time() - began
        counts = ", ".join(f"{word} {count}" for word, count in outcomes.most_common())
        print(
            f"{fuzzer.name}: seed {seed}, {number} cases, {seconds:.0f} s of CPU "
            f"({slowest:.1f} s for case {which}): {counts}",
            flush=True,
        )
        any_broken = any_broken or bool(broken)
    return int(any_broken)


def _journals(seed: int | None, minutes: float) -> bool:
    """Whether a journal broke the rule."""
    seed = random.randrange(10**9) if seed is None else seed
    number = clean = 0
    bad: list[str] = []
    ends = time.monotonic() + 60 * minutes
    while time.monotonic() < ends:
        more, found = broken_journals(seed, range(number, number + BATCH))
        number, clean, bad = number + BATCH, clean + more, bad + found
        print(*found, sep="\n", end="", flush=True)
    print(
        f"{JOURNALS}: seed {seed}, {number} cases, {clean} with nothing strange, {len(bad)} BROKEN"
    )
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
