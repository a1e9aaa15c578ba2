"""Until when the client certificates can be used; a warning in the last 90 days."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("certificate-expiry", "user", target="store", wanted="count", changes=False)


def not_ended(count: int) -> Action:
    """At least ``count`` certificates have not ended."""
    return KIND.action({"store": "My"}, {"count": count})
