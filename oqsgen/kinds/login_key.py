"""How the user name of a credential begins, where there is one. Only looked at."""

from collections.abc import Sequence

from oqsgen.kinds.kind import Action, kind

KIND = kind("login-key", "user", target="name", wanted="prefixes", changes=False)


def begins_with(name: str, prefixes: Sequence[str]) -> Action:
    """The user name of the credential ``name`` begins with one of ``prefixes`` (R0, R1)."""
    return KIND.action({"name": name}, {"prefixes": list(prefixes)})
