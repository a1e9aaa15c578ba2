"""One Windows for all tests of this folder: to make it takes longer than most of what is done on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oqsgen.render.powershell import joined
from tests import PARTS
from tests.pc.shell import run_file

from .windows import HERE, NATIVE, Windows, installed


@pytest.fixture(scope="session")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    made = installed(tmp_path_factory.mktemp("wine"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def native(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole native layer in one file; each function calls Enter-Native with its name."""
    folder = tmp_path_factory.mktemp("native")
    plain, entered = folder / "plain.ps1", folder / "native.ps1"
    plain.write_text(joined(NATIVE), "utf-8-sig")
    done = run_file(HERE / "entered.ps1", {"From": str(plain), "To": str(entered)})
    assert not done.errors, done
    # What it calls and Windows has no part in.
    stream = joined([PARTS / "common" / "stream.ps1"])
    entered.write_text(stream + entered.read_text("utf-8-sig"), "utf-8-sig")
    return entered
