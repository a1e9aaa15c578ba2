"""What opens the copy's launcher by itself after a sign-in, as data of the plan: changes that are journaled and undone, but no steps.

Texts between two @ are holes, which the PC fills.
"""

from collections.abc import Mapping
from typing import Any, Final

STEP: Final = "continuation"
RUN_ONCE: Final = r"Software\Microsoft\Windows\CurrentVersion\RunOnce"


def continuation() -> dict[str, Mapping[str, Any]]:
    """``run``: the next sign-in of whoever is signed in."""
    return {
        "run": {
            "id": STEP,
            "title": "次のサインインで続きを開くこと",
            "kind": "registry",
            "scope": "user",
            "how": "apply",
            "restart": False,
            "target": {"hive": "HKCU", "key": RUN_ONCE, "name": "oqsgen"},
            "wanted": {"type": "String", "data": "@command@"},
        }
    }
