"""操作9: the settings of the portal, as this clinic's file says; a person makes them there."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.resources import spec
from oqsgen.subjects.portal.accounts import administrator
from oqsgen.subjects.portal.connection import ADDRESS

USED, UNUSED = "利用する", "利用しない"


def _said(used: bool) -> str:
    return USED if used else UNUSED


def _is_used(profile: TerminalProfile, key: str) -> bool:
    return profile.phone if key == "phone" else bool(getattr(profile.services, key))


def _flags(profile: TerminalProfile) -> Values:
    portal = spec("portal")
    decided = [
        (
            flag["title"],
            f"{_said(_is_used(profile, flag['key']))}（初期値: {_said(flag['initial'])}）",
        )
        for flag in portal["flags"]
    ]
    left = [
        (title, f"{UNUSED}（初期値のまま。施設が使う場合だけ{USED}）")
        for title in portal["undecided_flags"]
    ]
    return (("使うアカウント", administrator(profile) or "管理アカウント"), *decided, *left)


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
            ("この病院", _said(profile.services.emergency)),
            ("利用を認められた病院", USED),
            ("それ以外", UNUSED),
        ),
    ),
    Setting(
        id="portal-phone",
        rows=("env-phone",),
        action=by_person,
        values=lambda profile: (("スマホによる本人確認", f"{USED}（初期値: {UNUSED}）"),),
    ),
)
