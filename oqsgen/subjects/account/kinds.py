"""What is set and read of signing in."""

from oqsgen.plan.kind import Action, kind

AUTOLOGON = kind("autologon", "machine", target="sessions", wanted="user")
"""Signing in by itself at the start. Source: learn.microsoft.com, Protecting the Automatic Logon Password."""


def signs_in_by_itself(user: str) -> Action:
    """Windows signs ``user`` in by itself; the password is a secret of the system."""
    return AUTOLOGON.action({"sessions": "console"}, {"user": user})


SIGN_IN = kind("sign-in", "user", target="account", wanted="signedIn")
"""Signing in as an account, which only a person can do; the same launcher then goes on."""


def signed_in(account: str) -> Action:
    """The person at the PC is signed in as ``account``."""
    return SIGN_IN.action({"account": account}, {"signedIn": True})
