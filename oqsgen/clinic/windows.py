"""The Windows that a terminal has, and the account that it is used with."""

from typing import Any

from oqsgen.clinic.profile import TerminalProfile
from oqsgen.resources import spec

ACCOUNT: str = spec("windows")["account"]
"""OqsComApp, exactly so."""


def supported(profile: TerminalProfile) -> dict[str, Any]:
    """EditionIDs and the range of builds of the terminal's Windows."""
    windows = spec("windows")["os"][profile.terminal.os]
    return {
        "editions": windows["editions"],
        "minimumBuild": windows["minimum_build"],
        "maximumBuild": windows["maximum_build"],
    }
