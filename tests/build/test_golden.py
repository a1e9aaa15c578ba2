"""The example bundles are as they were, or somebody meant to change them and read the difference."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests import ROOT
from tests.examples import EXAMPLES, bundle_of


def _regenerate() -> ModuleType:
    path = ROOT / "tests" / "golden" / "regenerate.py"
    spec = importlib.util.spec_from_file_location("regenerate", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


regenerate = _regenerate()
HINT = "If this is meant: python tests/golden/regenerate.py, and read the difference."


def below(place: str) -> dict[str, str]:
    files: dict[str, bytes] = regenerate.kept()
    return {path: _text(data) for path, data in files.items() if path.startswith(f"{place}/")}


def _text(data: bytes) -> str:
    return data.decode("utf-8")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_as_it_was(example: Path) -> None:
    now = {
        path: _text(data) for path, data in regenerate.golden_example(example, bundle_of).items()
    }
    assert now == below(example.stem), HINT


def test_the_launchers_are_as_they_were() -> None:
    now = {path: _text(data) for path, data in regenerate.golden_launchers(bundle_of).items()}
    assert now == below(regenerate.LAUNCHERS), HINT


def test_nothing_is_kept_of_examples_that_are_gone() -> None:
    places = {path.split("/")[0] for path in regenerate.kept()}
    assert places == {*(path.stem for path in regenerate.examples()), regenerate.LAUNCHERS}
