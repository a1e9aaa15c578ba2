"""What is read of Windows itself."""

from collections.abc import Mapping
from typing import Any

from oqsgen.plan.kind import Action, kind

COMPUTER_NAME = kind("computer-name", "machine user", target="name", wanted="name", changes=False)
"""The computer's name, upper and lower case being the same."""


def computer_named(name: str) -> Action:
    """The PC is called ``name``."""
    return COMPUTER_NAME.action({"name": name}, {"name": name})


DOTNET = kind("dotnet", "machine user", target="feature", wanted="minimumRelease", changes=False)
"""The .NET Framework. Source: learn.microsoft.com, Determine which .NET Framework versions are installed."""


WINDOWS = kind(
    "windows",
    "machine user",
    target="part",
    wanted="editions minimumBuild maximumBuild",
    changes=False,
)
"""Edition and build of Windows. Source: EditionID and CurrentBuildNumber."""


def windows_edition(supported: Mapping[str, Any]) -> Action:
    """Windows is one of ``supported["editions"]`` with a build in the range that it gives."""
    return WINDOWS.action({"part": "edition"}, dict(supported))
