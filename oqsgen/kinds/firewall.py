"""Whether Windows' firewall is on. Source: MSFT_NetFirewallProfile, store ActiveStore."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("firewall", "machine", target="profiles", wanted="private public", changes=False)


def on() -> Action:
    """On for private and for public networks."""
    return KIND.action({"profiles": "private public"}, {"private": True, "public": True})
