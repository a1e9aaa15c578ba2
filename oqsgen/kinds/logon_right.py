"""A right to sign in, or its denial, of one account. Source: Account Rights Constants."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("logon-right", "machine", target="account right", wanted="granted")


def granted(account: str, right: str) -> Action:
    """``account`` holds ``right``, the name of an account right."""
    return KIND.action({"account": account, "right": right}, {"granted": True})
