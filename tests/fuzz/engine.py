"""What all fuzzers share: cases by number, each of them the same whenever it is run, and what becomes of them."""

import random
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

CI_SEED = 1


@dataclass(frozen=True)
class Fuzzer:
    """``case`` makes one input from a source of numbers, and says in a word what became of it.

    It raises for an input that breaks the rule. ``cases`` run in CI, where every word of ``seen`` has to be
    said: a fuzzer whose inputs all fail at the first gate looks at nothing behind it.
    """

    name: str
    cases: int
    case: Callable[[random.Random], str]
    seen: frozenset[str]


@dataclass(frozen=True)
class Broken:
    """A case that broke the rule: ``seed`` and ``number`` make it again."""

    fuzzer: str
    seed: int
    number: int
    where: str
    text: str

    def __str__(self) -> str:
        return f"python -m tests.fuzz {self.fuzzer} --seed {self.seed} --case {self.number}\n{self.text}"


def attempt(fuzzer: Fuzzer, seed: int, number: int) -> str | Broken:
    """What became of one case."""
    try:
        with warnings.catch_warnings():
            # As the command line has it (``program.run``).
            warnings.simplefilter("ignore")
            return fuzzer.case(random.Random(f"{fuzzer.name} {seed} {number}"))
    except BaseException as error:
        # What Rust panics with is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} {last.filename}:{last.lineno}"
        return Broken(fuzzer.name, seed, number, where, traceback.format_exc())


def run(
    fuzzer: Fuzzer, seed: int, numbers: Iterable[int]
) -> tuple[Counter[str], dict[str, Broken]]:
    """How often what became of a case, and the first case of each place where the rule was broken."""
    outcomes: Counter[str] = Counter()
    broken: dict[str, Broken] = {}
    for number in numbers:
        outcome = attempt(fuzzer, seed, number)
        if isinstance(outcome, Broken):
            broken.setdefault(outcome.where, outcome)
            outcome = "BROKEN"
        outcomes[outcome] += 1
    return outcomes, broken


def several(rng: random.Random, most: int) -> Iterator[int]:
    """Mostly one, sometimes up to ``most``."""
    return iter(range(1 if rng.random() < 0.6 else rng.randint(2, most)))
