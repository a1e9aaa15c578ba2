"""A wheel carries everything that a build needs, and nothing that it does not."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import ROOT
from tests.pc.tools import missing

CHECKOUT = ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout. Its build backend comes from where pip finds packages."""
    folder = tmp_path_factory.mktemp("wheel")
    backend = subprocess.run([sys.executable, "-c", "import hatchling"], capture_output=True)
    isolation = [] if backend.returncode else ["--no-build-isolation"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", *isolation, "-w", folder, CHECKOUT],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode and re.search(r"hatchling|connection", done.stderr):
        missing("hatchling")
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


def test_it_carries_templates_and_specs_and_no_tests(wheel: Path) -> None:
    names = {name.split("/", 1)[1] for name in zipfile.ZipFile(wheel).namelist()}
    for carried in ("templates", "specs"):
        ours = {
            path.relative_to(CHECKOUT).as_posix()
            for path in (CHECKOUT / carried).rglob("*")
            if path.is_file()
        }
        assert ours <= names
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"oqsgen", next(top for top in tops if top.endswith(".dist-info"))}


def test_it_builds_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    site, empty = tmp_path / "site", tmp_path / "empty"
    empty.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (empty / "clinic.yaml").write_bytes((site / "oqsgen/specs/examples/clinic.yaml").read_bytes())
    code = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "import oqsgen; from oqsgen.cli.main import main\n"
        f"assert oqsgen.__file__.startswith({str(site)!r}), oqsgen.__file__\n"
        "main()"
    )
    built = {}
    for number in (1, 2):
        done = subprocess.run(
            [sys.executable, "-c", code, "build", "clinic.yaml", "-o", f"dist{number}"],
            cwd=empty,
            env={**os.environ, "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        files = (path for path in (empty / f"dist{number}").rglob("*") if path.is_file())
        built[number] = {path.relative_to(empty).parts[1:]: path.read_bytes() for path in files}
    assert built[1] == built[2]
    assert {parts[0] for parts in built[1]} == {"1319999012_OQS-01", "1319999012_OQS-02"}
