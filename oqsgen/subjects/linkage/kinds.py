"""What is set and read of the 連携アプリケーション."""

from collections.abc import Sequence

from oqsgen.plan.kind import Action, kind

ENCRYPT_CONF = kind("encrypt-conf", "user", target="folder credential", wanted="key", changes=False)
"""The files that say whether 連携アプリケーション encrypts what it exchanges: only read."""


def encrypt_conf_says(folder: str, credential: str, *, encrypts: bool) -> Action:
    """Each file says ``e`` or ``n``, and where it says ``e`` the credential is there."""
    target = {"folder": folder, "credential": credential}
    return ENCRYPT_CONF.action(target, {"key": "e" if encrypts else "n"})


LINKAGE_RESTART = kind("linkage-restart", "machine", target="folder", wanted="restarted")
"""Restarting 連携アプリケーション after its credentials were changed."""


def linkage_restarted(folder: str) -> Action:
    """The application in ``folder`` was started after the last change of its credentials."""
    return LINKAGE_RESTART.action({"folder": folder}, {"restarted": True})


LINKAGE_RUNNING = kind(
    "linkage-running", "machine", target="folder start tasks", wanted="running ready", changes=False
)
"""Whether 連携アプリケーション runs."""


def linkage_running(folder: str, start: str, tasks: Sequence[str]) -> Action:
    """A program below ``folder`` or the task ``start`` runs, and all ``tasks`` are switched on."""
    target = {"folder": folder, "start": start, "tasks": list(tasks)}
    return LINKAGE_RUNNING.action(target, {"running": True, "ready": True})
