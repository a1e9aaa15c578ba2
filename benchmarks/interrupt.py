"""How long ``oqsgen build`` goes on after Ctrl+C, at random moments and while a time stamp server never answers.

``python benchmarks/interrupt.py [RUNS]`` prints the longest and the median of each, in seconds. The aim: 2 s.
"""

import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from oqsgen.resources import folder
from tests.command import OQSGEN
from tests.slow_server import WAYS, SlowServer

SEED = 15
LONGEST = 3.0
"""Seconds after which a build is interrupted at the latest."""


def interrupted(place: Path, arguments: list[str], after: float) -> float:
    """Seconds between Ctrl+C, ``after`` seconds after the start, and the end of the process."""
    environment = {**os.environ, "XDG_DATA_HOME": str(place / "data")}
    command = [*OQSGEN, "build", "clinic.yaml", *arguments]
    with subprocess.Popen(command, cwd=place, env=environment, stderr=subprocess.DEVNULL) as build:
        time.sleep(after)
        began = time.monotonic()
        build.send_signal(signal.SIGINT)
        build.wait(timeout=120)
        return time.monotonic() - began


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copy(folder("specs") / "examples" / "clinic.yaml", place / "clinic.yaml")
        environment = {**os.environ, "XDG_DATA_HOME": str(place / "data")}
        subprocess.run([*OQSGEN, "keys", "new"], cwd=place, env=environment, check=True)
        figures = {
            "at any moment": [
                interrupted(place, [], chance.uniform(0, LONGEST)) for _ in range(runs)
            ]
        }
        for way, send in WAYS.items():
            server = SlowServer(send)
            figures[way] = [
                interrupted(place, ["--timestamp-url", server.url], LONGEST)
                for _ in range(max(1, runs // 10))
            ]
            server.close()
    for label, times in figures.items():
        print(f"{label:<28} longest {max(times):5.2f} s, median {statistics.median(times):5.2f} s")


if __name__ == "__main__":
    main()
