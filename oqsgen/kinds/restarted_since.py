"""A restart of Windows after an installer; the same launcher then goes on."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("restarted-since", "user", target="paths", wanted="done")


def restarted_since(paths: Sequence[str]) -> Action:
    """Windows was started after the newest of ``paths`` was made; the steps after this one wait."""
    return KIND.action({"paths": list(paths)}, {"done": True})
