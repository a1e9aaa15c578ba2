"""A task that an application's installer brings as an XML file for the Task Scheduler."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("vendor-task", "machine", target="path name file", wanted="account delay")


def imported(folder: str, name: str, account: str, delay: str | None = None) -> Action:
    """The task ``name`` is registered as ``folder\\name.xml`` says, run as ``account``.

    ``delay`` (``PT1M``) delays its triggers; None leaves them as they are.
    """
    target = {"path": "\\", "name": name, "file": f"{folder}\\{name}.xml"}
    return KIND.action(target, {"account": account, "delay": delay})
