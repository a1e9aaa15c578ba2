"""A task of the Task Scheduler. Source: Task Scheduler schema, MS-TSCH."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("task", "machine", target="path name", wanted="xml")


def task(name: str, xml: str) -> Action:
    """The task ``name`` in the root folder is as ``xml`` says.

    A ``UserId`` in it is an account's name; the PC puts that account's SID in its place.
    """
    return KIND.action({"path": "\\", "name": name}, {"xml": xml})
