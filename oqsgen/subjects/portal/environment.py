"""操作9: the settings of the portal, as this clinic's file says; a person makes them there."""

from collections.abc import Mapping
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.unanswered import unanswered
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.resources import spec
from oqsgen.subjects.portal.accounts import administrator
from oqsgen.subjects.portal.connection import ADDRESS

USED, UNUSED = "利用する", "利用しない"
ASKED_OF_CLINIC = f"{UNUSED}（初期値。施設に尋ねる）"

PHONE = next(flag["title"] for flag in spec("portal")["flags"] if flag["key"] == "phone")


def _use_word(is_used: bool) -> str:
    return USED if is_used else UNUSED


def _is_used(profile: TerminalProfile, key: str) -> bool:
    return profile.phone if key == "phone" else bool(getattr(profile.services, key))


def _flag(profile: TerminalProfile, flag: Mapping[str, Any]) -> str:
    """What a flag is to be, what it is at first where the manual says so, and whether that has to be changed."""
    wanted, initial = _is_used(profile, flag["key"]), flag["initial"]
    if f"services.{flag['key']}" in unanswered(profile):
        return ASKED_OF_CLINIC
    if initial is None:
        return _use_word(wanted)
    return _changed(profile, _use_word(wanted), _use_word(initial))


def _changed(profile: TerminalProfile, wanted: str, initial: str) -> str:
    """A value beside the one that stands there when nobody has changed it; an audit changes none."""
    if wanted == initial:
        return f"{wanted}（初期値のまま）"
    return f"{wanted}（初期値: {initial}）{'' if 'audit' in profile.facts else '← 変える'}"


def _flags(profile: TerminalProfile) -> Values:
    portal = spec("portal")
    flags = [(flag["title"], _flag(profile, flag)) for flag in portal["flags"]]
    undecided = [(title, ASKED_OF_CLINIC) for title in portal["undecided_flags"]]
    return (("使うアカウント", administrator(profile) or "管理アカウント"), *flags, *undecided)


def _charset(profile: TerminalProfile) -> Values:
    wanted = "Shift-JIS" if profile.charset == "sjis" else "UTF-8"
    return (
        ("文字コード", _changed(profile, wanted, "UTF-8")),
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
        values=lambda profile: ((PHONE, _changed(profile, USED, UNUSED)),),
    ),
)
