"""What reading many results costs: ``oqsgen report`` beside ``json.loads`` of the same files, and its memory beside that of few.

``python benchmarks/report.py [--results 100000] [--terminals 5000] [--few 1000] [--folder DIR]`` makes results from the real ones
of ``tests/results/real`` (other codes, names, runs, days and certificates; every byte else is the PC's), and measures each way in a
process of its own: seconds of its processor, and the most memory that it held. ``--few`` of them are of as many terminals as there
are results of each: 20 results of a terminal, 1,000 of 50 terminals, 100,000 of 5,000.

Exit code 1 where a goal is not reached: at most twice the time of ``json.loads``, at most 1.2 times the memory of few.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
REAL = ROOT / "tests" / "results" / "real"
SLOWER, LARGER = 2.0, 1.2
SEED = 19
LAST_DAY = datetime(2026, 11, 20, 9, 0)
LOADS = """
import json, os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            json.loads(file.read())
"""
REPORT = "from oqsgen.cli.main import main; main()"


class Real(NamedTuple):
    """A real result: its bytes, and what is another in each copy."""

    data: bytes
    code: str
    terminal: str
    run: str
    started: str
    finished: str
    mode: str
    account: str


class Cost(NamedTuple):
    """Seconds of the processor, and mebibytes at the most."""

    seconds: float
    memory: float


def real_results() -> list[Real]:
    """Those that a PC has written, but for undoing, after which little is left to read."""
    found = []
    for path in sorted(REAL.rglob("result.json")):
        data = path.read_bytes()
        form = json.loads(data)
        bundle = form["bundle"]
        if form["mode"] != "Rollback":
            found.append(
                Real(
                    data,
                    bundle["facility"]["code"],
                    bundle["terminal"],
                    *(form[key] for key in ("run", "started", "finished", "mode", "account")),
                )
            )
    return found


def make(folder: Path, results: int, terminals: int) -> None:
    """So many results of so many terminals, a month apart, as they lie on a stick."""
    chance = random.Random(SEED)
    reals = real_results()
    each = max(1, results // terminals)
    for number in range(terminals):
        code, terminal = f"13{number // 2:08}", f"OQS-{number % 2 + 1:02}"
        for at in range(each):
            day = LAST_DAY - timedelta(days=30 * (each - at), minutes=number % 600)
            name, data = copy_of(chance.choice(reals), code, terminal, day, f"{number}-{at}")
            place = folder / f"{code}_{terminal}" / name
            place.mkdir(parents=True)
            (place / "result.json").write_bytes(data)


def copy_of(real: Real, code: str, terminal: str, day: datetime, run: str) -> tuple[str, bytes]:
    """The name of its folder, and its bytes."""
    started, finished = (
        f"{day:%Y-%m-%d %H:%M:%S}",
        f"{day + timedelta(minutes=1):%Y-%m-%d %H:%M:%S}",
    )
    data = real.data
    for old, new in (
        (real.code, code),
        (f'"{real.terminal}"', f'"{terminal}"'),
        (real.run, run),
        (f'"started": "{real.started}"', f'"started": "{started}"'),
        (f'"finished": "{real.finished}"', f'"finished": "{finished}"'),
        ("F00D000", f"F{code[-6:]}{terminal[-1]}"),
    ):
        data = data.replace(old.encode(), new.encode())
    return f"{day:%Y%m%d-%H%M%S}_{real.mode}_{real.account}", data


def cost(*arguments: str | Path) -> Cost:
    """Of a Python process, which has to end well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    measured = [sys.executable, "-c", MEASURED, *map(str, arguments)]
    done = subprocess.run(measured, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(spent, float(done.stderr.rpartition("peak ")[2]) / 1024)


MEASURED = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-c", *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
sys.stderr.buffer.write(done.stderr)
print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(done.returncode)
"""


def shown(name: str, found: Cost) -> str:
    return f"{name:34} {found.seconds:8.1f} s {found.memory:8.1f} MB"


def measure(
    folder: Path, results: int, terminals: int, few: int
) -> Iterator[tuple[str, float, float]]:
    """Each goal with what was reached, after a line for each way."""
    each = results // terminals
    many_place, few_place = folder / "many", folder / "few"
    begun = time.monotonic()
    make(few_place, few, few // each)
    make(many_place, results, terminals)
    size = sum(path.stat().st_size for path in many_place.rglob("result.json")) / 2**20
    print(
        f"{results} results of {terminals} terminals, {size:.0f} MB, made in {time.monotonic() - begun:.0f} s"
    )
    page, ledger = folder / "page.html", folder / "ledger.db"
    to_page = ("--format", "html", "--overwrite", "-o", page)
    # The first reading is the disk's.
    loads = min(cost(LOADS, many_place) for _ in range(2))
    few_cost = cost(REPORT, "report", few_place, *to_page)
    report = cost(REPORT, "report", many_place, *to_page)
    print(shown("json.loads", loads))
    print(shown(f"report of {few}, page", few_cost))
    print(shown(f"report of {results}, page", report), f"page {page.stat().st_size / 2**20:.1f} MB")
    kept = cost(REPORT, "report", many_place, "--ledger", ledger, *to_page)
    print(shown("into a ledger", kept), f"ledger {ledger.stat().st_size / 2**20:.1f} MB")
    print(
        shown(
            "again, all of it known",
            cost(REPORT, "report", many_place, "--ledger", ledger, *to_page),
        )
    )
    print(shown("from the ledger alone", cost(REPORT, "report", "--ledger", ledger, *to_page)))
    yield "time, times json.loads", report.seconds / loads.seconds, SLOWER
    yield f"memory, times that of {few}", report.memory / few_cost.memory, LARGER
    yield "into a ledger: time", kept.seconds / loads.seconds, SLOWER
    yield "into a ledger: memory", kept.memory / few_cost.memory, LARGER


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--results", type=int, default=100_000)
    parser.add_argument("--terminals", type=int, default=5_000)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="where there is room for the results")
    options = parser.parse_args()
    reached = True
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        for what, found, most in measure(
            Path(name), options.results, options.terminals, options.few
        ):
            print(f"{what:34} {found:8.2f}   at most {most}")
            reached &= found <= most
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
