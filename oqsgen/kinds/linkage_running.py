"""Whether 連携アプリケーション runs."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "linkage-running", "machine", target="folder start tasks", wanted="running ready", changes=False
)


def running(folder: str, start: str, tasks: Sequence[str]) -> Action:
    """A program below ``folder`` or the task ``start`` runs, and all ``tasks`` are switched on."""
    target = {"folder": folder, "start": start, "tasks": list(tasks)}
    return KIND.action(target, {"running": True, "ready": True})
