"""How long the PC took to its desktop. Source: ntt-east 手順書D."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("startup-time", "user", target="seconds folder", wanted="slow", changes=False)


def within(seconds: int, folder: str) -> Action:
    """Desktop and the programs below ``folder``, where there are any, were there in ``seconds``."""
    return KIND.action({"seconds": seconds, "folder": folder}, {"slow": False})
