"""Restarting 連携アプリケーション after its credentials were changed."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("linkage-restart", "machine", target="folder", wanted="restarted")


def restarted(folder: str) -> Action:
    """The application in ``folder`` was started after the last change of its credentials."""
    return KIND.action({"folder": folder}, {"restarted": True})
