"""Windows' account for guests. Source: MS-DTYP 2.4.2.4, relative identifier 501."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("guest", "machine", target="account", wanted="enabled", changes=False)


def disabled() -> Action:
    """Nobody can come in as a guest."""
    return KIND.action({"account": "guest"}, {"enabled": False})
