"""The packages of the browser extensions. Source: crx3.proto of Chromium."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "extension-files", "machine user", target="folder files", wanted="complete", changes=False
)


def complete(folder: str, files: Sequence[str]) -> Action:
    """Each of ``files`` in ``folder`` is a package of an extension."""
    return KIND.action({"folder": folder, "files": list(files)}, {"complete": True})
