"""What is on paper: one sheet beside an empty document, and a whole further bundle beside that of an earlier commit.

``python benchmarks/paper.py [COMMIT]`` prints processor time and ratios of one run, warm. The earlier commit is 4d959f0 if
none is named; where its files are not in the history, that part is left out. Aims: a sheet ≤ 8 × an empty document that
is compiled as anyone would, fonts looked up; a further bundle ≤ 2/5 of that commit's. Numbers are for reading, not for tests.
"""

import io
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_bold  # type: ignore[import-untyped]
import noto_cjk_sans_jp_regular  # type: ignore[import-untyped]
import typst

sys.path.insert(0, str(Path(__file__).parents[1]))

from build import SMALLEST, many, run

from oqsgen.clinic import resolve
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


def papers() -> None:
    """A sheet, its annexes, and two kinds of empty document."""
    document, _ = load(folder("specs") / "examples" / "clinic.yaml")
    assert document is not None
    profile = resolve(document)[0][0]
    plan = make_plan(profile)
    printed = about(profile, plan, "5b48b5a6e8b02e8715f7247089ac5981", signer())
    packages = (noto_cjk_sans_jp_regular, noto_cjk_sans_jp_bold)
    fonts = [package.FONT_PATH.parent for package in packages]
    looked_up = processor(
        lambda: typst.compile(
            EMPTY, font_paths=fonts, ignore_system_fonts=True, pdf_standards=STANDARDS
        )
    )
    known = processor(lambda: typeset("sheet", {"main.typ": EMPTY}))
    one = processor(lambda: sheet(printed))
    own = processor(lambda: terminal_annex(profile, plan, printed.numbers))
    common = processor(lambda: annex.__wrapped__(profile.job.mode, profile.terminal.os), 3)
    print(
        f"an empty document                  {looked_up:7.1f} ms; with the fonts known {known:.1f} ms"
    )
    print(
        f"チェックリスト.pdf                 {one:7.1f} ms, {one / looked_up:.1f} × ({one / known:.0f} ×)"
    )
    print(f"付録_この端末.pdf                  {own:7.1f} ms")
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
