"""What is set and read of the proxy of person and PC."""

from collections.abc import Sequence

from oqsgen.plan.kind import Action, Field, Kind, Wording

_SEPARATED = (
    Field(
        "separated",
        "whether every entry stands between semicolons alone",
        label="例外リストの区切り",
        wording=Wording(words={"true": "正しい", "false": "抜けている"}),
    ),
)

BYPASS_TEXT = Kind(
    "bypass-text",
    "How the text of the proxy exception list is written: every entry between semicolons.",
    target=(Field("connection", "always `lan`"),),
    wanted=_SEPARATED,
    found=_SEPARATED,
    source="distro-check P.4",
    scopes=("user",),
    thing="例外リスト",
    remedy="プロキシの例外リストを見て、アドレスの間をセミコロン（;）で区切ってください。",
)


def bypass_separated() -> Action:
    """No entry is glued to the next, and none is separated by a blank or a comma."""
    return BYPASS_TEXT.action({"connection": "lan"}, {"separated": True})


_MANUAL = (
    Field(
        "server",
        "the proxy",
        "host:port",
        label="プロキシサーバー",
    ),
    Field("bypass", "entries of the exception list", label="プロキシの例外"),
    Field(
        "exact",
        "whether the list may hold no others",
        label="プロキシの例外",
        wording=Wording(at="bypass"),
    ),
)

PROXY = Kind(
    "proxy",
    "The signed-in person's manual proxy (WinINET, Edge).",
    target=(Field("connection", "always `lan`"),),
    wanted=_MANUAL,
    found=(
        Field("flags", "bits: 1 direct, 2 manual, 4 script, 8 automatic", ours=True),
        Field("server", "the proxy, as written", ours=True),
        Field("bypass", "the exception list, as written"),
        Field("pac", "address of the script", label="自動構成スクリプト"),
    ),
    source="INTERNET_OPTION_PER_CONNECTION_OPTION",
    scopes=("user",),
    thing="プロキシ",
    cause="ほかのソフトや担当者が、プロキシを変えた",
)


def manual_proxy(server: str, bypass: Sequence[str], *, exact: bool) -> Action:
    """``server`` is host:port; with ``exact`` the exception list holds ``bypass`` and nothing else."""
    return PROXY.action({"connection": "lan"}, _proxy(server, bypass, exact))


WINHTTP = Kind(
    "winhttp",
    "The PC's WinHTTP proxy.",
    target=(Field("configuration", "always `default`"),),
    wanted=_MANUAL,
    found=(
        Field("access", "1: none, 3: a named proxy", ours=True),
        Field("proxy", "the proxy, as written", ours=True),
        Field("bypass", "the exception list, as written"),
    ),
    source="WinHttpSetDefaultProxyConfiguration",
    scopes=("machine",),
    thing="WinHTTP のプロキシ",
    cause="ほかのソフトや、Windows のネットワークのリセットが消した",
)


def winhttp_proxy(server: str, bypass: Sequence[str], *, exact: bool) -> Action:
    """``server`` is host:port; with ``exact`` the exception list holds ``bypass`` and nothing else."""
    return WINHTTP.action({"configuration": "default"}, _proxy(server, bypass, exact))


def _proxy(server: str, bypass: Sequence[str], exact: bool) -> dict[str, object]:
    """What both proxies are asked to be."""
    return {"server": server, "bypass": list(bypass), "exact": exact}


_OPEN = (
    Field(
        "open",
        "whether it answers within three seconds",
        label="接続",
        wording=Wording(words={"true": "つながる", "false": "つながらない"}),
    ),
)

PORT = Kind(
    "port",
    "A TCP port that answers; unknown where the name does not resolve.",
    target=(Field("host", "name or address"), Field("port", "number of the port")),
    wanted=_OPEN,
    found=_OPEN,
    source="setup P.9-10",
    thing="接続先",
    remedy="回線と機器の接続、プロキシサーバーの名前とポートを確かめてください。",
)


def port_answers(host: str, port: int) -> Action:
    """``host`` accepts a connection on TCP ``port``."""
    return PORT.action({"host": host, "port": port}, {"open": True})
