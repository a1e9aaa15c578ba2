"""What all tests share: a place of its own for the publisher, and a way to run oqsgen."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.certificates import Authority
from tests.command import Run, run_in
from tests.pc.shell import DOTNET
from tests.pc.tools import closing_lines, need, required

# A slow machine is no finding; in CI the same examples every time.
hypothesis.settings.register_profile("oqsgen", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("oqsgen")


def pytest_configure() -> None:
    """Names that OQSGEN_REQUIRE gives and nobody knows are an error before the first test."""
    required()


LONGEST = ("test_passes.py", "test_wine.py", "test_pester.py", "test_examples_run.py")
"""Files whose tests take up to half a minute each. They are run first: of several workers none then ends alone with one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of ``LONGEST`` in their order, then all others in theirs."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips, or fails, a test that lacks a tool that it is marked to need."""
    for mark in item.iter_markers("needs"):
        need(*mark.args)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Every test that was not run, and why: a machine that lacks a tool is not green by accident."""
    skipped = {
        report.nodeid: report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", ())
    }
    for line in closing_lines(skipped):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test may make or use the publisher of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(home))
        for name, value in DOTNET.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this session have."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``oqsgen`` in ``tmp_path``, or in another folder."""
    return run_in(tmp_path)
