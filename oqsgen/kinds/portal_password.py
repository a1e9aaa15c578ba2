"""How the passwords of the portal's accounts were decided: made here, judged here, or elsewhere.

The rules themselves (almex 補足①) stand in ``templates/ps1/kinds/portal-password.ps1``.
"""

from collections.abc import Sequence
from typing import Any

from oqsgen.kinds.kind import Action, kind

KIND = kind("portal-password", "user", target="site", wanted="accounts")


def account(name: str, *, expires: bool, credential: str | None = None) -> dict[str, Any]:
    """One account of ``decided``: a short password of it ``expires``; ``credential`` holds it too."""
    return {"account": name, "expires": expires, "credential": credential}


def decided(accounts: Sequence[dict[str, Any]]) -> Action:
    """The password of each of ``accounts`` is decided."""
    return KIND.action({"site": "portal"}, {"accounts": list(accounts)})
