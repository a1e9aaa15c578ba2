"""What became of a task's last run."""

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "task-history", "machine", target="path name", wanted="lastResult rebooted", changes=False
)


def restarted_the_pc(name: str) -> Action:
    """The task's last run succeeded, and Windows was started after it."""
    return KIND.action({"path": "\\", "name": name}, {"lastResult": 0, "rebooted": True})
