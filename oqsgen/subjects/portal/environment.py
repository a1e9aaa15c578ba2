"""操作9: the settings of the portal, as this clinic's file says; a person makes them there."""

from collections.abc import Mapping
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.resources import spec
from oqsgen.subjects.portal.accounts import administrator
from oqsgen.subjects.portal.connection import ADDRESS

USED, UNUSED = "利用する", "利用しない"

PHONE = next(flag["title"] for flag in spec("portal")["flags"] if flag["key"] == "phone")


def _use_word(is_used: bool) -> str:
    return USED if is_used else UNUSED


def _is_used(profile: TerminalProfile, key: str) -> bool:
    return profile.phone if key == "phone" else bool(getattr(profile.services, key))


def _flag(profile: TerminalProfile, flag: Mapping[str, Any]) -> str:
    """What a flag is to be, and what it is at first where the manual says so."""
    wanted = _use_word(_is_used(profile, flag["key"]))
    initial = flag["initial"]
    return wanted if initial is None else f"{wanted}（初期値: {_use_word(initial)}）"


def _flags(profile: TerminalProfile) -> Values:
    portal = spec("portal")
    flags = [(flag["title"], _flag(profile, flag)) for flag in portal["flags"]]
    undecided = [
        (title, f"{UNUSED}（初期値。施設に尋ね、利用するときは「{USED}」）")
        for title in portal["undecided_flags"]
    ]
    return (("使うアカウント", administrator(profile) or "管理アカウント"), *flags, *undecided)


def _charset(profile: TerminalProfile) -> Values:
    wanted = "Shift-JIS" if profile.charset == "sjis" else "UTF-8"
    return (
        ("文字コード", f"{wanted}（初期値: UTF-8）"),
        ("使うアカウント", administrator(profile) or "管理アカウント"),
    )


SETTINGS = (
    Setting(
        id="portal-charset",
        rows=("env-charset",),
        action=by_person,
        values=_charset,
    ),
    Setting(
        id="portal-flags",
        rows=("env-flags",),
        action=by_person,
        open=ADDRESS,
        values=_flags,
    ),
    Setting(
        id="portal-emergency",
        rows=("env-emergency",),
        action=by_person,
        values=lambda profile: (
            ("この病院", _use_word(profile.services.emergency)),
            ("権限を付与された病院", USED),
            ("それ以外", UNUSED),
        ),
    ),
    Setting(
        id="portal-phone",
        rows=("env-phone",),
        action=by_person,
        values=lambda profile: ((PHONE, f"{USED}（初期値: {UNUSED}）"),),
    ),
)
