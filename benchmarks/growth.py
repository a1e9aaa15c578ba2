"""Time for a kilobyte of each input at 1, 4 and 16 times its smallest size, and how the worst compares with the first.

``python benchmarks/growth.py``. The aim: no more than 1.5 times. Inputs are those of ``tests/growth.py``, where
a test holds the same for the number of calls.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.growth import SIZES, inputs

RUNS = 5


def main() -> None:
    """Measure and print."""
    for name, make in inputs():
        per_kb = []
        for size, work in map(make, SIZES):
            times = []
            for _ in range(RUNS):
                began = time.process_time()
                work()
                times.append(time.process_time() - began)
            per_kb.append(min(times) * 1_000_000 / size)
        figures = "  ".join(f"{figure:8.3f}" for figure in per_kb)
        print(f"{name:<40} {figures} ms/KB  × {max(per_kb) / per_kb[0]:.2f}")


if __name__ == "__main__":
    main()
