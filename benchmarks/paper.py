"""What is on paper: one sheet beside an empty document, and a whole further bundle beside that of an earlier commit.

``python benchmarks/paper.py [COMMIT]`` prints processor time and ratios of one run, warm. The earlier commit is 4d959f0 if
none is named; where its files are not in the history, that part is left out. Aims: a sheet ≤ 8 × an empty document that
is compiled as anyone would, fonts looked up; a further bundle ≤ 2/5 of that commit's. Numbers are for reading, not for tests.

Typst remembers what it laid out in its last ten documents, so no sheet is made twice within so many: those of one office,
whose clinics differ in names, codes and terminals, and those of the examples, which differ in all that they can.
"""

import io
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_bold  # type: ignore[import-untyped]
import noto_cjk_sans_jp_regular  # type: ignore[import-untyped]
import typst

sys.path.insert(0, str(Path(__file__).parents[1]))

from build import SMALLEST, many, run

from oqsgen.clinic import TerminalProfile, resolve
from oqsgen.clinic.code import expected_digits
from oqsgen.input.yaml_reader import load
from oqsgen.plan.plan import make_plan
from oqsgen.render.annex import annex, terminal_annex
from oqsgen.render.sheet import about, sheet
from oqsgen.render.typeset import typeset
from oqsgen.resources import folder
from tests.golden.regenerate import signer

HERE = Path(__file__).parents[1]
BEFORE = "4d959f0"
EMPTY = b"#set document(title: [x])\n"
STANDARDS: Any = ["a-2a", "ua-1"]
KEPT = 10
SURNAMES = [
    "山田",
    "鈴木",
    "佐藤",
    "高橋",
    "渡辺",
    "伊藤",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "清水",
    "斎藤",
]
MAIN = "import sys; {}; main()"


def processor(make: Callable[[], object], times: int = 9) -> float:
    """Milliseconds of processor time, the median of some runs after a first one."""
    make()
    taken = []
    for _ in range(times):
        began = time.process_time()
        make()
        taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


def in_turn(make: Callable[[Any], object], cases: list[Any], rounds: int = 3) -> float:
    """Milliseconds of processor time for each of some cases after the others, the median."""
    assert len(cases) > KEPT
    taken = []
    for at, case in enumerate(cases * (rounds + 1)):
        began = time.process_time()
        make(case)
        if at >= len(cases):
            taken.append(time.process_time() - began)
    return statistics.median(taken) * 1000


def examples() -> list[TerminalProfile]:
    """The terminals of the examples whose sheet has four pages."""
    documents = [load(file)[0] for file in sorted((folder("specs") / "examples").glob("*.yaml"))]
    profiles = [profile for each in documents if each for profile in resolve(each)[0]]
    return [profile for profile in profiles if profile.job.mode in ("new", "succession")]


def office() -> list[TerminalProfile]:
    """The first terminals of clinics that differ from ``clinic.yaml`` in names and code."""
    text = (folder("specs") / "examples" / "clinic.yaml").read_text("utf-8")
    assert "東京内科" in text and "1319999012" in text and "OQS-01" in text
    profiles = []
    with tempfile.TemporaryDirectory() as name:
        for at, surname in enumerate(SURNAMES):
            file = Path(name) / "clinic.yaml"
            other = text.replace("東京内科", f"{surname}医院").replace("OQS-01", f"OQS-1{at:02}")
            digits = str(131999901 + at)
            code = f"{digits}{expected_digits(f'{digits}0')[0]}"
            file.write_text(other.replace("1319999012", code), "utf-8")
            document, problems = load(file)
            assert document is not None, problems
            profiles.append(resolve(document)[0][0])
    return profiles


def papers() -> None:
    """Sheets, annexes, and two kinds of empty document."""
    packages = (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)
    fonts = [package.FONT_PATH.parent for package in packages]
    looked_up = processor(
        lambda: typst.compile(
            EMPTY, font_paths=fonts, ignore_system_fonts=True, pdf_standards=STANDARDS
        )
    )
    known = processor(lambda: typeset("sheet", {"main.typ": EMPTY}))
    began = time.process_time()
    annex("new", "win11-iot-ltsc-2024")
    common = (time.process_time() - began) * 1000
    print(
        f"an empty document                  {looked_up:7.1f} ms; with the fonts known {known:.1f} ms"
    )
    for of, profiles in (("one office", office()), ("the examples", examples())):
        cases = [(profile, make_plan(profile)) for profile in profiles]
        printed = [about(*case, uuid.uuid4().hex, signer()) for case in cases]
        one = in_turn(sheet, printed)
        own = in_turn(lambda each: terminal_annex(each.profile, each.plan, each.numbers), printed)
        print(f"チェックリスト.pdf of {of:<13}{one:7.1f} ms, {one / looked_up:.1f} ×")
        print(f"付録_この端末.pdf of {of:<13} {own:7.1f} ms")
    print(f"付録.pdf, once for all clinics     {common:7.1f} ms")


def further(source: Path, entry: str, one: Path, ten: Path, cwd: Path) -> float:
    """Processor milliseconds of a further bundle: ten terminals less one, by nine."""
    os.environ["PYTHONPATH"] = str(source)
    command = (sys.executable, "-c", MAIN.format(entry), "build")
    taken = [
        statistics.median(run(*command, file, cwd=cwd)[1] for _ in range(3)) for file in (one, ten)
    ]
    return (taken[1] - taken[0]) / 9 * 1000


def bundles(commit: str) -> None:
    """A further bundle of today and of ``commit``."""
    archive = subprocess.run(["git", "archive", commit], cwd=HERE, capture_output=True)
    if archive.returncode:
        print(f"{commit} is not in the history that is here")
        return
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(here / "before", filter="data")
        os.environ["XDG_DATA_HOME"] = os.environ["HOME"] = str(here / "data")
        ten = many(10, here / "ten.yaml")
        package = (here / "before" / "oqsgen" / "cli").is_dir()
        entry = f"from oqsgen.cli{'.main' if package else ''} import main"
        before = further(here / "before", entry, SMALLEST, ten, here)
        today = further(HERE, "from oqsgen.cli.main import main", SMALLEST, ten, here)
    print(f"a further bundle of {commit}        {before:7.1f} ms")
    print(f"a further bundle of today          {today:7.1f} ms, {today / before:.2f} of it")


def main() -> None:
    """Measure and print."""
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    papers()
    bundles(sys.argv[1] if len(sys.argv) > 1 else BEFORE)


if __name__ == "__main__":
    main()
