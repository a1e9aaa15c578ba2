"""Installers that the vendor brought to the PC: at hand, as they were made, left over."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "installer",
    "user",
    target="part names installed",
    wanted="minimumVersion unmodified absent",
    changes=False,
)


def at_hand(names: Sequence[str], installed: str, minimum: str) -> Action:
    """One of the files ``names`` (``*`` allowed) is there, or ``installed`` states ``minimum`` or later."""
    target = {"part": "ready", "names": list(names), "installed": installed}
    return KIND.action(target, {"minimumVersion": minimum})


def unmodified(names: Sequence[str]) -> Action:
    """Each file that is there has the signature that it was made with."""
    target = {"part": "signature", "names": list(names), "installed": ""}
    return KIND.action(target, {"unmodified": True})


def removed(names: Sequence[str]) -> Action:
    """No copy is left on the PC; what is on the stick does not count."""
    target = {"part": "rest", "names": list(names), "installed": ""}
    return KIND.action(target, {"absent": True})
