"""Time and memory of builds, each in a process of its own from a cold start.

``python benchmarks/build.py [RUNS]`` prints medians. The aim for one bundle is 1.5 s and 250 MB.
Numbers are for reading, not for tests: they depend on the machine and on what else it does, so the
load is printed too. Linux and macOS (``os.wait4``).
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from oqsgen.resources import folder

SMALLEST = folder("specs") / "examples" / "smallest.yaml"
OQSGEN = [sys.executable, "-c", "from oqsgen.cli.main import main; main()"]
MEGABYTE = 1 << (20 if sys.platform == "darwin" else 10)  # ru_maxrss: bytes there, KiB on Linux


def run(*command: str | Path, cwd: Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and peak megabytes of one command."""
    began = time.perf_counter()
    child = subprocess.Popen(
        list(map(str, command)), cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command} ended with {child.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEGABYTE


def measure(label: str, runs: int, *command: str | Path, cwd: Path) -> float:
    """Print the medians of some runs and return that of the wall time."""
    walls, processors, peaks = zip(*(run(*command, cwd=cwd) for _ in range(runs)), strict=True)
    wall: float = statistics.median(walls)
    processor: float = statistics.median(processors)
    print(
        f"{label:<34} {wall:6.2f} s wall (best {min(walls):.2f})"
        f" {processor:6.2f} s processor {max(peaks):6.0f} MB peak"
    )
    return wall


def many(terminals: int, target: Path) -> Path:
    """A clinic with that many terminals."""
    lines = SMALLEST.read_text("utf-8").splitlines()
    names = ", ".join(f"{{name: P{n}, os: win11-iot-ltsc-2024}}" for n in range(terminals))
    kept = [line for line in lines if not line.startswith("terminals:")]
    target.write_text("\n".join([*kept, f"terminals: [{names}]", ""]), "utf-8")
    return target


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        os.environ["XDG_DATA_HOME"] = os.environ["HOME"] = str(here / "data")
        measure("first build, makes a publisher", 1, *OQSGEN, "build", SMALLEST, cwd=here)
        start = measure("python alone", runs, sys.executable, "-c", "pass", cwd=here)
        check = measure("check", runs, *OQSGEN, "check", SMALLEST, cwd=here)
        one = measure("build, one bundle", runs, *OQSGEN, "build", SMALLEST, cwd=here)
        ten = many(10, here / "ten.yaml")
        serial = measure("build, ten bundles", 1, *OQSGEN, "build", ten, cwd=here)
        jobs = measure(
            "build, ten bundles, --jobs 2", 1, *OQSGEN, "build", ten, "--jobs", "2", cwd=here
        )
    print(f"one bundle more costs {(serial - one) / 9 / one:.2f} of the first")
    print(f"two jobs take {jobs / serial:.2f} of one job's time")
    print(f"check takes {check / one:.2f} of a build, python's own start {start / one:.2f}")


if __name__ == "__main__":
    main()
