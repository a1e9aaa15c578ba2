"""What is read of the line."""

from collections.abc import Iterable

from oqsgen.plan.kind import Action, kind

FIRST_FAULT = kind("first-fault", "user", target="checks", wanted="fault", changes=False)
"""The first of several checks that is wrong."""


def no_fault_in(checks: Iterable[tuple[str, str, str]]) -> Action:
    """Every check (its title, the id of a setting, what to do where it is wrong) is as it should be.

    The plan puts kind, target and wanted of the setting in the place of its id.
    """
    listed = [{"title": title, "setting": id_, "remedy": remedy} for title, id_, remedy in checks]
    return FIRST_FAULT.action({"checks": listed}, {"fault": ""})


IPV6 = kind("ipv6", "machine user", target="address", wanted="global", changes=False)
"""A global IPv6 address of the PC. Source: RFC 4291, section 2.4; the range 2000::/3 by IANA."""


def has_global_address() -> Action:
    """Some connection has a global address that is not merely temporary."""
    return IPV6.action({"address": "global"}, {"global": True})


OUTBOUND_PORT = kind(
    "outbound-port",
    "machine",
    target="web secure time proxy",
    wanted="blocked",
    changes=False,
)
"""The ports that must not be closed. Source: setup P.50."""


def lets_out(web: str, secure: str, time: str, proxy: str) -> Action:
    """Windows lets out DNS, and ports 80 of ``web``, 443 of ``secure``, 123 of ``time``, the ``proxy``.

    ``proxy`` is ``host:port``; the others are empty where there is no such host to ask.
    """
    target = {"web": web, "secure": secure, "time": time, "proxy": proxy}
    return OUTBOUND_PORT.action(target, {"blocked": []})
