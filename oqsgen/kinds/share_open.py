"""Shares of this PC that anybody can open. Source: MSFT_SmbShare."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("share-open", "machine", target="shares", wanted="open", changes=False)


def none() -> Action:
    """No share lets Everyone, guests or anonymous people in."""
    return KIND.action({"shares": "all"}, {"open": []})
