"""Signing in by itself at the start. Source: learn.microsoft.com, Protecting the Automatic Logon Password."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("autologon", "machine", target="sessions", wanted="user")


def of(user: str) -> Action:
    """Windows signs ``user`` in by itself; the password is a secret of the system."""
    return KIND.action({"sessions": "console"}, {"user": user})
