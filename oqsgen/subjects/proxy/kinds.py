"""What is set and read of the proxy of person and PC."""

from collections.abc import Sequence

from oqsgen.plan.kind import Action, kind

BYPASS_TEXT = kind("bypass-text", "user", target="connection", wanted="separated", changes=False)
"""How the text of the proxy exception list is written: every entry between semicolons."""


def bypass_separated() -> Action:
    """No entry is glued to the next, and none is separated by a blank or a comma."""
    return BYPASS_TEXT.action({"connection": "lan"}, {"separated": True})


PROXY = kind("proxy", "user", target="connection", wanted="server bypass exact")
"""The signed-in person's manual proxy (WinINET, Edge). Source: INTERNET_OPTION_PER_CONNECTION_OPTION."""


def manual_proxy(server: str, bypass: Sequence[str], *, exact: bool) -> Action:
    """``server`` is host:port; with ``exact`` the exception list holds ``bypass`` and nothing else."""
    wanted = {"server": server, "bypass": list(bypass), "exact": exact}
    return PROXY.action({"connection": "lan"}, wanted)


WINHTTP = kind("winhttp", "machine", target="configuration", wanted="server bypass exact")
"""The PC's WinHTTP proxy. Source: WinHttpSetDefaultProxyConfiguration."""


def winhttp_proxy(server: str, bypass: Sequence[str], *, exact: bool) -> Action:
    """``server`` is host:port; with ``exact`` the exception list holds ``bypass`` and nothing else."""
    wanted = {"server": server, "bypass": list(bypass), "exact": exact}
    return WINHTTP.action({"configuration": "default"}, wanted)
