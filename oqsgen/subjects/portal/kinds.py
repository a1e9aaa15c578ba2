"""What is set and read of the ways to the web system and of its accounts."""

from collections.abc import Sequence
from typing import Any

from oqsgen.plan.kind import Action, Field, Kept, Kind, Wording

ACCOUNT_CSV = Kind(
    "account-csv",
    "The CSV file of アカウント一括登録 beside the bundle's folder; only looked at.",
    target=(Field("place", "always `beside the bundle`"),),
    wanted=(
        Field(
            "rows",
            "how many accounts, with or without a line of headings",
            label="CSV の行数",
            wording=Wording(at="forms.rows", unit=" 行"),
        ),
    ),
    found=(
        Field("files", "how many CSV files there are, but for large ones"),
        Field("forms", "of each form that there is: readable, problem, rows; no file's name"),
    ),
    source="almex 補足①",
    scopes=("user",),
    thing="一括登録の CSV",
    remedy="CSV の行を、この施設のアカウントと見比べて直してください。",
)


def csv_readable(accounts: int) -> Action:
    """The CSV of アカウント一括登録 beside the bundle's folder is Shift-JIS with CRLF.

    It has ``accounts`` lines, or one more with headings.
    """
    return ACCOUNT_CSV.action({"place": "beside the bundle"}, {"rows": accounts})


DESKTOP_LINKS = Kind(
    "desktop-links",
    "Where the shortcuts on the desktop lead that lead into one domain.",
    target=(Field("domain", "the domain"),),
    wanted=(
        Field(
            "below",
            "page at or below which all of them lead",
            "URL",
            label="ショートカットが開くページ",
            wording=Wording(at="links.url"),
        ),
    ),
    found=(Field("links", "of each: name, url"),),
    source="Internet Shortcuts, learn.microsoft.com; setup P.28",
    scopes=("user",),
    thing="ショートカット",
    remedy="ショートカットのプロパティで、開くページを直してください。",
)


def links_lead_below(domain: str, url: str) -> Action:
    """Every shortcut to a page of ``domain`` leads to a page below ``url``."""
    return DESKTOP_LINKS.action({"domain": domain}, {"below": url})


LEFTOVER = Kind(
    "leftover",
    "Files with initial passwords that should be gone; only looked for by name.",
    target=(
        Field("folders", "where: paths, `person` (downloads, desktop), `edge` (its downloads)"),
        Field("names", "what they may be called, `*` allowed"),
        Field("depth", "how many levels of folders below"),
        Field("from", "domain that they were downloaded from; null: anything counts"),
    ),
    wanted=(
        Field(
            "files",
            "how many at most, always 0",
            label="残っているファイル",
            wording=Wording(at="places.files", unit=" 件"),
        ),
    ),
    found=(
        Field("places", "of each folder that has some: place, files (how many)"),
        Field("names", "their paths where `from` is null; else none, they may name a patient"),
    ),
    source="almex ④, ⑩, 補足①",
    scopes=("user",),
    thing="残っているファイル",
    remedy="中を確かめ、不要なら削除してください。",
)


def none_left(
    folders: Sequence[str], names: Sequence[str], depth: int, source: str | None
) -> Action:
    """No file of one of ``names`` is in ``folders``, so many levels down.

    A folder is a path, ``person`` (downloads and desktop) or ``edge`` (Edge's temporary downloads).
    With ``source``, a domain, only what was downloaded from it counts.
    """
    target = {"folders": list(folders), "names": list(names), "depth": depth, "from": source}
    return LEFTOVER.action(target, {"files": 0})


PORTAL_PASSWORD = Kind(
    "portal-password",
    "How the passwords of the portal's accounts were decided: made here, judged here, or elsewhere. "
    "The rules stand in `templates/ps1/common/secret-rule.ps1` and beside the kind.",
    target=(Field("site", "always `portal`"),),
    wanted=(
        Field(
            "accounts",
            "of each: account, expires (whether a short password does), credential (name of the "
            "one that holds it too, or null)",
            label="パスワードを決めたアカウント",
            wording=Wording(at="accounts.account"),
        ),
    ),
    found=(Field("accounts", "of each: account, how (made, typed or elsewhere)", ours=True),),
    source="almex 補足①",
    scopes=("user",),
    keeps=(
        Kept(
            "keyed hashes in the person's folder, protected by DPAPI; the password itself nowhere",
            "the portal refuses it, which a person sees",
        ),
    ),
    thing="ポータルのパスワード",
)


def portal_account(name: str, *, expires: bool, credential: str | None = None) -> dict[str, Any]:
    """One account of ``decided``: a short password of it ``expires``; ``credential`` holds it too."""
    return {"account": name, "expires": expires, "credential": credential}


def passwords_decided(accounts: Sequence[dict[str, Any]]) -> Action:
    """The password of each of ``accounts`` is decided."""
    return PORTAL_PASSWORD.action({"site": "portal"}, {"accounts": list(accounts)})


_URL = Field("url", "page that it leads to", "URL", ours=True, label="ショートカットが開くページ")

SHORTCUT = Kind(
    "shortcut",
    "A shortcut to a page on the person's desktop.",
    target=(Field("name", "its file name without .url"),),
    wanted=(_URL,),
    found=(_URL, Field("content", "the whole file", "base64", ours=True)),
    source="Internet Shortcuts, learn.microsoft.com; setup P.27",
    scopes=("user",),
    thing="ショートカット",
    cause="ショートカットが消されたか、動かされた",
)


def shortcut(name: str, url: str) -> Action:
    """The desktop has ``name``.url, which leads to ``url`` exactly."""
    return SHORTCUT.action({"name": name}, {"url": url})
