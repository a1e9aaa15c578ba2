"""A code that a person reads from paper or a screen, types, and the PC compares."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("typed-code", "user", target="asks", wanted="code", changes=False)


def compared(asks: str, code: str) -> Action:
    """What is typed when ``asks`` is asked for is ``code``; for a guided setting."""
    return KIND.action({"asks": asks}, {"code": code})
