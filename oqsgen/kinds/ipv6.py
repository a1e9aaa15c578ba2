"""A global IPv6 address of the PC. Source: RFC 4291, section 2.4; the range 2000::/3 by IANA."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("ipv6", "machine user", target="address", wanted="global", changes=False)


def has_global_address() -> Action:
    """Some connection has a global address that is not merely temporary."""
    return KIND.action({"address": "global"}, {"global": True})
