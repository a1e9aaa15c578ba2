"""What Windows takes the networks for that this PC is on. Source: MSFT_NetConnectionProfile."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("network-category", "machine", target="networks", wanted="public", changes=False)


def private() -> Action:
    """None of them counts as public."""
    return KIND.action({"networks": "all"}, {"public": 0})
