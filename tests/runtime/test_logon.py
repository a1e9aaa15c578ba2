"""Passwords are tried in one place, which counts."""

import pytest

from tests import PARTS
from tests.test_rooms import RUNTIME, parts

pytestmark = pytest.mark.needs("pwsh")


def callers(function: str) -> set[str]:
    """The files that call a function."""
    return {str(part.path.relative_to(PARTS)) for part in parts() if function in part.uses}


def test_one_function_alone_tries_passwords() -> None:
    assert callers("Get-LogonCode") == {f"{RUNTIME}/logon.ps1"}
    assert callers("Invoke-LogonTry") == {f"{RUNTIME}/kind-api.ps1"}


def test_nothing_else_of_windows_tries_one() -> None:
    native = PARTS.rglob("*.native.ps1"), PARTS.rglob("*.cs")
    trying = {
        path.name
        for paths in native
        for path in paths
        for word in ("LogonUser", "ValidateCredentials", "NetUserChangePassword", "NetUseAdd")
        if word in path.read_text("utf-8")
    }
    assert trying == {"identity.cs"}
