"""The names of credentials stand once in Python and once in PowerShell: as data, and where a kind judges by them."""

import re

from oqsgen.subjects.common import credential_names
from tests import PARTS

NAME = re.compile(r"'(OQS_[A-Z_]+)'")


def test_both_sides_name_the_same_credentials() -> None:
    ours = {value for name, value in vars(credential_names).items() if name.isupper()}
    kind = (PARTS / "credential" / "credential.ps1").read_text("utf-8")
    named = NAME.findall(kind)
    assert sorted(named) == sorted(ours), "each once"
    for path in PARTS.rglob("*.ps1"):
        assert path.name == "credential.ps1" or not NAME.search(path.read_text("utf-8")), path
