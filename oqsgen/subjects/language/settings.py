"""操作12: results without 「？」: Japanese as the language of the person and of the PC."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting
from oqsgen.subjects.language import kinds

_CHECK_PERSON = "設定→時刻と言語→言語と地域 で、優先する言語の一番上が「日本語」、国または地域が「日本」である。"
_PERSON_VALUES = (("優先する言語", "日本語（ja-JP）"), ("国または地域", "日本（GeoId 122）"))


def _chosen(profile: TerminalProfile) -> bool:
    return "locale-ja" in profile.facts


def _person(profile: TerminalProfile) -> Action:
    return kinds.person_in_japanese()


def _pc(profile: TerminalProfile) -> Action:
    return kinds.system_in_japanese()


SETTINGS = (
    Setting(
        id="person-language",
        rows=("test-mojibake",),
        title="言語と地域（サインインしている人）",
        what="サインインしている人の地域を日本、形式を日本語（日本）、優先する言語の一番上を日本語に設定します。"
        "サインインし直すと有効になります。",
        check=_CHECK_PERSON,
        action=lambda profile: _person(profile) if _chosen(profile) else None,
        values=lambda profile: _PERSON_VALUES,
        how="apply",
        unlike_row="Where the clinic chooses it, what the row only looks at is set.",
    ),
    Setting(
        id="person-language-seen",
        rows=("test-mojibake",),
        title="言語と地域（サインインしている人）",
        what="サインインしている人の地域が日本、形式が日本語（日本）で、優先する言語の一番上が日本語であるかを見ます。",
        mends="違うときは、別紙トラブルシューティングの補7によって直します。",
        check=_CHECK_PERSON,
        action=lambda profile: None if _chosen(profile) else _person(profile),
        values=lambda profile: _PERSON_VALUES,
    ),
    Setting(
        id="system-language",
        rows=("system-locale",),
        what="Unicode に対応していないプログラムの言語（システム ロケール）を日本語（日本）に設定します。"
        "再起動すると有効になります。",
        action=lambda profile: _pc(profile) if _chosen(profile) else None,
        restart=True,
        how="apply",
        unlike_row="Where the clinic chooses it, what the row only looks at is set.",
    ),
    Setting(
        id="system-language-seen",
        rows=("system-locale",),
        action=lambda profile: None if _chosen(profile) else _pc(profile),
    ),
    Setting(
        id="display-language",
        rows=("test-mojibake",),
        action=lambda profile: kinds.display_in_japanese(),
        values=lambda profile: (("Windows の表示言語", "日本語（ja-JP）"),),
    ),
)
