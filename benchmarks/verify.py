"""Time of a check and of a signature, warm, in one process.

``python benchmarks/verify.py [RUNS]`` prints medians. The aims: a bundle is checked in 30 ms, and a
script is signed in 1.3 times the bare RSA operation and the hashing of its text.
"""

import hashlib
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from oqsgen.bundle import PROGRAM, make_bundle
from oqsgen.clinic import resolve
from oqsgen.input.yaml_reader import load
from oqsgen.resources import folder
from oqsgen.seal.authenticode import BEGIN, sign_script
from oqsgen.seal.folder import put_in_place
from oqsgen.seal.publisher import own_publisher
from oqsgen.seal.signer import utc_now
from oqsgen.seal.verify.check import check
from oqsgen.seal.verify.listing import read_folder
from oqsgen.seal.verify.trust import Trust


def measure(label: str, runs: int, work: Callable[[], object]) -> float:
    """Print and return the median of some runs, in milliseconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    median = statistics.median(times)
    print(f"{label:<34} {median:7.2f} ms (best {min(times):.2f})")
    return median


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    document, _ = load(folder("specs") / "examples" / "clinic.yaml")
    assert document is not None
    with tempfile.TemporaryDirectory() as name:
        signer, _ = own_publisher(Path(name) / "publisher", utc_now())
        bundle = make_bundle(resolve(document)[0][0], signer)
        place = Path(name) / bundle.folder
        put_in_place(place, bundle.files)
        trust = Trust(utc_now())
        assert check(read_folder(place), trust).findings == ()
        measure("check a bundle, from the disk", runs, lambda: check(read_folder(place), trust))
    script = bundle.files["terminal.ps1"].partition(BEGIN.encode())[0]

    def bare() -> None:
        hashlib.sha256(script.decode().encode("utf-16-le"))
        signer.sign(b"x")

    alone = measure("hash a script, one RSA operation", runs, bare)
    whole = measure("sign the script", runs, lambda: sign_script(script, signer, PROGRAM))
    print(f"a signature takes {whole / alone:.2f} of hashing and the bare RSA operation")


if __name__ == "__main__":
    main()
