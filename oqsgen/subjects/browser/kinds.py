"""What is read of Edge and its extensions."""

from collections.abc import Mapping, Sequence
from typing import Any

from oqsgen.plan.kind import Action, kind

EDGE_ACCOUNT = kind("edge-account", "user", target="browser", wanted="signedIn", changes=False)
"""Whether Edge is signed in to a Microsoft account. Source: Chromium, account_tracker_service.cc."""


def edge_signed_out() -> Action:
    """No profile of the person's Edge is signed in."""
    return EDGE_ACCOUNT.action({"browser": "edge"}, {"signedIn": False})


EXTENSION_FILES = kind(
    "extension-files", "machine user", target="folder files", wanted="complete", changes=False
)
"""The packages of the browser extensions. Source: crx3.proto of Chromium."""


def extension_files_complete(folder: str, files: Sequence[str]) -> Action:
    """Each of ``files`` in ``folder`` is a package of an extension."""
    return EXTENSION_FILES.action({"folder": folder, "files": list(files)}, {"complete": True})


EXTENSIONS = kind(
    "extensions",
    "user",
    target="folder extensions",
    wanted="added ready exactly minimumVersion noneBelow current developerMode",
    changes=False,
)
"""The extensions of the face library in the person's Edge. Source: Chromium, extension_prefs.cc."""


def extensions(folder: str, names: Mapping[str, tuple[str, ...]], **wanted: Any) -> Action:
    """What is so of the extensions whose packages stand in ``folder``: see docs/architecture.md.

    ``names``: file of each package → what its extension is called, first the name of today.
    """
    target = [{"file": file, "names": list(called)} for file, called in names.items()]
    return EXTENSIONS.action({"folder": folder, "extensions": target}, wanted)
