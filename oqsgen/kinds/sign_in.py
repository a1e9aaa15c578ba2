"""Signing in as an account, which only a person can do; the same launcher then goes on."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("sign-in", "user", target="account", wanted="signedIn")


def sign_in(account: str) -> Action:
    """The person at the PC is signed in as ``account``."""
    return KIND.action({"account": account}, {"signedIn": True})
