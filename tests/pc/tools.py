"""Programs that not every machine has: without one its tests are skipped; in CI (OQSGEN_REQUIRE_PWSH=1) they fail."""

import os
import shutil

import pytest


def need(name: str) -> str:
    """The path of a program; skips, or fails where the environment says that it has to be there."""
    path = (os.environ.get("PWSH") if name == "pwsh" else None) or shutil.which(name)
    if path is None:
        missing(f"no {name} on this machine")
    return str(path)


def missing(reason: str) -> None:
    """Skips the test, or fails it where nothing may be missing."""
    if os.environ.get("OQSGEN_REQUIRE_PWSH"):
        pytest.fail(reason)
    pytest.skip(reason)
