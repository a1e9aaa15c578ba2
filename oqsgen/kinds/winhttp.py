"""The PC's WinHTTP proxy. Source: WinHttpSetDefaultProxyConfiguration."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("winhttp", "machine", target="configuration", wanted="server bypass exact")


def winhttp_proxy(server: str, bypass: Sequence[str], *, exact: bool) -> Action:
    """``server`` is host:port; with ``exact`` the exception list holds ``bypass`` and nothing else."""
    wanted = {"server": server, "bypass": list(bypass), "exact": exact}
    return KIND.action({"configuration": "default"}, wanted)
