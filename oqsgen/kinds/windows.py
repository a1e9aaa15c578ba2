"""Edition and build of Windows. Source: EditionID and CurrentBuildNumber."""

from collections.abc import Mapping
from typing import Any

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "windows",
    "machine user",
    target="part",
    wanted="editions minimumBuild maximumBuild",
    changes=False,
)


def edition(supported: Mapping[str, Any]) -> Action:
    """Windows is one of ``supported["editions"]`` with a build in the range that it gives."""
    return KIND.action({"part": "edition"}, dict(supported))
