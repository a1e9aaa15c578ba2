"""How the text of the proxy exception list is written: every entry between semicolons."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("bypass-text", "user", target="connection", wanted="separated", changes=False)


def separated() -> Action:
    """No entry is glued to the next, and none is separated by a blank or a comma."""
    return KIND.action({"connection": "lan"}, {"separated": True})
