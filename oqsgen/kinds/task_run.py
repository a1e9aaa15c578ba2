"""Whether a task that Windows starts ran at the last start of Windows."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("task-run", "machine", target="path name", wanted="sinceBoot succeeded", changes=False)


def since_boot(name: str) -> Action:
    """The task's last run was after the start of Windows, and it succeeded or still runs."""
    return KIND.action({"path": "\\", "name": name}, {"sinceBoot": True, "succeeded": True})
