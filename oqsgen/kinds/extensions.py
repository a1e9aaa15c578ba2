"""The extensions of the face library in the person's Edge. Source: Chromium, extension_prefs.cc."""

from collections.abc import Mapping
from typing import Any

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "extensions",
    "user",
    target="folder extensions",
    wanted="added ready exactly minimumVersion noneBelow current developerMode",
    changes=False,
)


def extensions(folder: str, names: Mapping[str, tuple[str, ...]], **wanted: Any) -> Action:
    """What is so of the extensions whose packages stand in ``folder``: see docs/architecture.md.

    ``names``: file of each package → what its extension is called, first the name of today.
    """
    target = [{"file": file, "names": list(called)} for file, called in names.items()]
    return KIND.action({"folder": folder, "extensions": target}, wanted)
