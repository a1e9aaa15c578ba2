"""Where the shortcuts on the desktop lead that lead into one domain."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("desktop-links", "user", target="domain", wanted="below", changes=False)


def lead_below(domain: str, url: str) -> Action:
    """Every shortcut to a page of ``domain`` leads to a page below ``url``."""
    return KIND.action({"domain": domain}, {"below": url})
