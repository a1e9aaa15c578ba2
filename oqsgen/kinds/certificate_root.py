"""The root of the client certificate among the roots that the signed-in person trusts."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("certificate-root", "user", target="store", wanted="registered")


def registered() -> Action:
    """The issuer's root is trusted; Windows asks the person before it is."""
    return KIND.action({"store": "Root"}, {"registered": True})
