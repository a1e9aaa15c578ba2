"""A secret that is left on the PC is judged by an outcome, which each kind that leaves one says."""

import re

import pytest

from oqsgen.plan.kind import Kind
from oqsgen.subjects import KINDS
from tests import PARTS
from tests.runtime.test_verbs import LOOKING, codes

pytestmark = pytest.mark.needs("pwsh")

STORES = {
    "Import-CertificateKey": "a key in the person's store",
    "New-LocalUser": "an account's password",
    "Protect-OwnByte": "bytes for this person alone",
    "Register-Task": "a password with a task",
    "Set-Credential": "a credential's secret",
    "Set-LocalUser": "an account's password",
    "Set-LsaSecret": "a secret of the Local Security Authority",
}
"""What Windows keeps a secret by."""

ELSEWHERE = {
    "Protect-MachineByte": "the key of what was tried, and no secret of anybody's",
    "Start-Handing": "what is pasted from the clipboard, which is empty at the end of the question",
}
"""What takes or protects a secret, and leaves none."""

FUNCTION = re.compile(r"^function ([\w-]+) \{(.*?)^\}", re.MULTILINE | re.DOTALL)


def reached(name: str, seen: set[str] | None = None) -> set[str]:
    """Everything that is called by ``name``, or by what it calls."""
    found: set[str] = set() if seen is None else seen
    for called in codes()[name].calls if name in codes() else ():
        if called not in found:
            found.add(called)
            reached(called, found)
    return found


def test_these_are_all_ways_to_leave_a_secret() -> None:
    native = {
        name
        for path in PARTS.rglob("*.native.ps1")
        for name, body in FUNCTION.findall(path.read_text("utf-8"))
        if "[Security.SecureString]" in body or (name.startswith("Protect-") and "Byte" in name)
    }
    looking = {name for name in native if name.partition("-")[0] in LOOKING}
    windows = {"New-LocalUser", "Set-LocalUser"}  # -Password
    of_bytes = {"Set-Credential"}
    assert native - looking == STORES.keys() - windows - of_bytes | ELSEWHERE.keys()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_whoever_leaves_one_says_what_tells_that_it_is_wrong(kind: Kind) -> None:
    leaves = reached(f"{kind.name} -Set") & STORES.keys()
    assert bool(kind.keeps) == bool(leaves), leaves
    for kept in kind.keeps:
        assert kept.where and kept.refusal and not kept.refusal.endswith(".")
