"""The computer's name, upper and lower case being the same."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("computer-name", "machine user", target="name", wanted="name", changes=False)


def named(name: str) -> Action:
    """The PC is called ``name``."""
    return KIND.action({"name": name}, {"name": name})
