"""Whether Windows takes the certificates of smart cards over. Source: setup P.5; SmartCard.admx."""

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "certificate-propagation", "machine user", target="library", wanted="enabled", changes=False
)


def off(library: str) -> Action:
    """The policy is off once the file ``library`` of the face library is there."""
    return KIND.action({"library": library}, {"enabled": False})
