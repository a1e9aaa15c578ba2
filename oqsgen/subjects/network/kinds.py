"""What is read of the line."""

from collections.abc import Container, Iterable

from oqsgen.plan.kind import THERE, Action, Field, Kind, Wording

_FAULT = (
    Field("fault", "title of the first check that is wrong; empty: none", label="最初に直すもの"),
)

FIRST_FAULT = Kind(
    "first-fault",
    "The first of several checks that is wrong.",
    target=(
        Field(
            "checks",
            "of each, in order: title, step (its id), kind, target, wanted, remedy (what to do then), byPerson (not"
            " being able to look at it is no answer: a person does)",
        ),
    ),
    wanted=_FAULT,
    found=_FAULT,
    source="distro-check P.9",
    scopes=("user",),
    thing="最初に直すもの",
    remedy="その項目の説明のとおりに直してください。",
)


def no_fault_in(checks: Iterable[tuple[str, str, str]], by_person: Container[str] = ()) -> Action:
    """Every check (its title, the id of a setting, what to do where it is wrong) is as it should be.

    The plan names the setting's step and puts its kind, target and wanted there. ``by_person``: what a person looks at where
    the PC cannot see it.
    """
    listed = [
        {"title": title, "setting": id_, "remedy": remedy}
        | ({"byPerson": True} if id_ in by_person else {})
        for title, id_, remedy in checks
    ]
    return FIRST_FAULT.action({"checks": listed}, {"fault": ""})


_GLOBAL = (
    Field(
        "global",
        "whether there is one that is not only temporary",
        label="2 で始まる IPv6 アドレス",
        wording=Wording(words=THERE),
    ),
)

IPV6 = Kind(
    "ipv6",
    "A global IPv6 address of the PC.",
    target=(Field("address", "always `global`"),),
    wanted=_GLOBAL,
    found=_GLOBAL,
    source="RFC 4291, section 2.4; the range 2000::/3 by IANA",
    thing="IPv6 アドレス",
    cause="フレッツ・v6オプションの契約、LAN ケーブル、回線の機器",
    remedy="フレッツ・v6オプションの契約と、回線の機器の配線を確かめてください。",
)


def has_global_address() -> Action:
    """Some connection has a global address that is not merely temporary."""
    return IPV6.action({"address": "global"}, {"global": True})


_BLOCKED = (
    Field(
        "blocked",
        "ports that Windows' firewall does not let out and that are silent",
        label="止められているポート",
    ),
)

OUTBOUND_PORT = Kind(
    "outbound-port",
    "The ports that must not be closed; a warning about silent ones, unknown without a line.",
    target=(
        Field("web", "host that is asked on port 80; or empty"),
        Field("secure", "host that is asked on port 443; or empty"),
        Field("time", "host that is asked on port 123; or empty"),
        Field("proxy", "the proxy", "host:port"),
    ),
    wanted=_BLOCKED,
    found=_BLOCKED,
    source="setup P.50",
    scopes=("machine",),
    thing="送信のポート",
    remedy="Windows のファイアウォールの送信の規則を、施設とベンダーに確かめてください。",
)


def lets_out(web: str, secure: str, time: str, proxy: str) -> Action:
    """Windows lets out DNS, and ports 80 of ``web``, 443 of ``secure``, 123 of ``time``, the ``proxy``.

    ``proxy`` is ``host:port``; the others are empty where there is no such host to ask.
    """
    target = {"web": web, "secure": secure, "time": time, "proxy": proxy}
    return OUTBOUND_PORT.action(target, {"blocked": []})
