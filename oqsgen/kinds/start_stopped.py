"""Whether Windows starts an application through its task."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("start-stopped", "machine", target="path name file", wanted="enabled", changes=False)


def stopped(folder: str, name: str) -> Action:
    """The task is not registered or switched off; while it is on the PC cannot tell the rest."""
    target = {"path": "\\", "name": name, "file": f"{folder}\\{name}.xml"}
    return KIND.action(target, {"enabled": False})
