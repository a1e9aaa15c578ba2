"""A TCP port that answers."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("port", "machine user", target="host port", wanted="open", changes=False)


def answers(host: str, port: int) -> Action:
    """``host`` accepts a connection on TCP ``port``."""
    return KIND.action({"host": host, "port": port}, {"open": True})
