"""How often a task's trigger repeats it."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("task-repetition", "machine", target="path name", wanted="everySeconds", changes=False)


def every(name: str, seconds: int) -> Action:
    """A trigger of the task repeats it each ``seconds``."""
    return KIND.action({"path": "\\", "name": name}, {"everySeconds": seconds})
