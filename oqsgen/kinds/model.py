"""The model of the PC. Source: Win32_ComputerSystemProduct, Win32_ComputerSystem."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("model", "machine user", target="pattern", wanted="is", changes=False)


def matches(pattern: str, *, yes: bool) -> Action:
    """A name of the model matches the regular expression ``pattern``, or none does."""
    return KIND.action({"pattern": f"(?i){pattern}"}, {"is": yes})
