"""What is read of Windows itself."""

from collections.abc import Mapping
from typing import Any

from oqsgen.plan.kind import Action, Field, Kind

_NAME = (Field("name", "name of the PC; unknown where a person let another one pass"),)

COMPUTER_NAME = Kind(
    "computer-name",
    "The computer's name, upper and lower case being the same.",
    target=_NAME,
    wanted=_NAME,
    found=_NAME,
    source="setup P.1 and P.50",
)


def computer_named(name: str) -> Action:
    """The PC is called ``name``."""
    return COMPUTER_NAME.action({"name": name}, {"name": name})


DOTNET = Kind(
    "dotnet",
    "The .NET Framework 4.",
    target=(Field("feature", "name of its feature of Windows, which has to be on"),),
    wanted=(Field("minimumRelease", "value Release at least"),),
    found=(
        Field("release", "value Release; 0: none"),
        Field("feature", "InstallState (1: on), or null"),
    ),
    source="learn.microsoft.com, Determine which .NET Framework versions are installed",
)


WINDOWS = Kind(
    "windows",
    "Edition and build of Windows.",
    target=(Field("part", "always `edition`"),),
    wanted=(
        Field("editions", "which editions are right", "EditionID"),
        Field("minimumBuild", "build at least"),
        Field("maximumBuild", "build at most"),
    ),
    found=(Field("edition", "the edition", "EditionID"), Field("build", "the build")),
    source="EditionID and CurrentBuildNumber",
)


def windows_edition(supported: Mapping[str, Any]) -> Action:
    """Windows is one of ``supported["editions"]`` with a build in the range that it gives."""
    return WINDOWS.action({"part": "edition"}, dict(supported))
