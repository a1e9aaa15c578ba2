"""The signed-in person's manual proxy (WinINET, Edge). Source: INTERNET_OPTION_PER_CONNECTION_OPTION."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("proxy", "user", target="connection", wanted="server bypass exact")


def manual_proxy(server: str, bypass: Sequence[str], *, exact: bool) -> Action:
    """``server`` is host:port; with ``exact`` the exception list holds ``bypass`` and nothing else."""
    wanted = {"server": server, "bypass": list(bypass), "exact": exact}
    return KIND.action({"connection": "lan"}, wanted)
