"""The Windows that a terminal has, and the account that it is used with."""

from typing import Any

from oqsgen.clinic.profile import TerminalProfile
from oqsgen.resources import spec

ACCOUNT: str = spec("windows")["account"]
"""OqsComApp, exactly so."""


def supported(profile: TerminalProfile) -> dict[str, Any]:
    """EditionIDs and the range of builds of the terminal's Windows."""
    known = spec("windows")["os"][profile.terminal.os]
    return {
        "editions": known["editions"],
        "minimumBuild": known["minimum_build"],
        "maximumBuild": known["maximum_build"],
    }
