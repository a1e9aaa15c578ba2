"""Names of Windows accounts against what Windows has: its own accounts, groups and identities, and the computer."""

from oqsgen import resources
from oqsgen.clinic import derive
from oqsgen.clinic.model import Clinic
from oqsgen.text import half_width

_KINDS = {
    "accounts": "Windows が初めから持つアカウントの名前です",
    "groups": "Windows のグループの名前です",
    "identities": "Windows が使う名前です",
}


def plain(name: str) -> str:
    """``name`` as Windows compares it, and as a person means it."""
    return half_width(name).casefold().strip()


def why_taken(clinic: Clinic, name: str) -> str:
    """Why no account of the terminal can be called ``name``; empty where one can."""
    if plain(name) == plain(derive.terminal(clinic).name):
        return "この端末のコンピューター名と同じです"
    names = resources.spec("windows")["taken_names"]
    return next((_KINDS[kind] for kind in _KINDS if plain(name) in names[kind]), "")
