"""What is set and read of the ways to the web system and of its accounts."""

from collections.abc import Sequence
from typing import Any

from oqsgen.plan.kind import Action, kind

ACCOUNT_CSV = kind("account-csv", "user", target="place", wanted="rows", changes=False)
"""The CSV file of アカウント一括登録 beside the bundle's folder; only looked at."""


def csv_readable(accounts: int) -> Action:
    """The portal can read the file, and it is about so many ``accounts``."""
    return ACCOUNT_CSV.action({"place": "beside the bundle"}, {"rows": accounts})


DESKTOP_LINKS = kind("desktop-links", "user", target="domain", wanted="below", changes=False)
"""Where the shortcuts on the desktop lead that lead into one domain."""


def links_lead_below(domain: str, url: str) -> Action:
    """Every shortcut to a page of ``domain`` leads to a page below ``url``."""
    return DESKTOP_LINKS.action({"domain": domain}, {"below": url})


LEFTOVER = kind(
    "leftover", "user", target="folders names depth from", wanted="files", changes=False
)
"""Files with initial passwords that should be gone; only looked for by name."""


def none_left(
    folders: Sequence[str], names: Sequence[str], depth: int, source: str | None
) -> Action:
    """No file of one of ``names`` is in ``folders``, so many levels down.

    A folder is a path, ``person`` (downloads and desktop) or ``edge`` (Edge's temporary downloads).
    With ``source``, a domain, only what was downloaded from it counts.
    """
    target = {"folders": list(folders), "names": list(names), "depth": depth, "from": source}
    return LEFTOVER.action(target, {"files": 0})


PORTAL_PASSWORD = kind("portal-password", "user", target="site", wanted="accounts")
"""How the passwords of the portal's accounts were decided: made here, judged here, or elsewhere.

The rules themselves (almex 補足①) stand in ``templates/ps1/common/secret-rule.ps1`` and beside the kind.
"""


def portal_account(name: str, *, expires: bool, credential: str | None = None) -> dict[str, Any]:
    """One account of ``decided``: a short password of it ``expires``; ``credential`` holds it too."""
    return {"account": name, "expires": expires, "credential": credential}


def passwords_decided(accounts: Sequence[dict[str, Any]]) -> Action:
    """The password of each of ``accounts`` is decided."""
    return PORTAL_PASSWORD.action({"site": "portal"}, {"accounts": list(accounts)})


SHORTCUT = kind("shortcut", "user", target="name", wanted="url")
"""A shortcut to a page on the person's desktop. Source: Internet Shortcuts, learn.microsoft.com."""


def shortcut(name: str, url: str) -> Action:
    """The desktop has ``name``.url, which leads to ``url`` exactly."""
    return SHORTCUT.action({"name": name}, {"url": url})
