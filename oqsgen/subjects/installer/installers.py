"""準備: the installers that the vendor hands over, which are never part of a bundle."""

from collections.abc import Callable, Sequence

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import NOT_IN_DOCUMENTS
from oqsgen.manual.versions import Version, applications, version
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.installer import kinds

UNPRINTED = ("OQSComApp*.zip", "OQSDistroApp*.zip")
"""Installers whose names stand in no document; the manual names the file in it alone (setup P.22, P.31)."""


def installers(profile: TerminalProfile) -> tuple[str, ...]:
    """The names of all installers of a terminal, each once."""
    return tuple(dict.fromkeys(name for a in applications(profile.facts) for name in a.installers))


def printed(names: Sequence[str]) -> str:
    """Names of installers as a person reads them."""
    return "、".join(name.replace("*", "") for name in names)


def _files(application: Version) -> Values:
    """The file names that are looked for; those that no document has, apart."""
    archive, program = application.installers
    if archive not in UNPRINTED:
        return (("ファイル", f"{printed([archive])} と、その中の {printed([program])}"),)
    return (
        ("ファイル", f"{application.title}の {printed([program])}"),
        (f"{NOT_IN_DOCUMENTS}ファイル", printed([archive])),
    )


def _at_hand(application: Version) -> Callable[[TerminalProfile], Action | None]:
    def action(profile: TerminalProfile) -> Action | None:
        if application not in applications(profile.facts):
            return None
        return kinds.installer_at_hand(
            application.installers, application.file, application.minimum
        )

    return action


def _brought(name: str, title: str, *rows: str) -> Setting:
    application = version(name)
    return Setting(
        id=f"installer-{name}",
        rows=("pre-installers", "pre-installer-latest", *rows),
        title=f"インストーラーの入手と配置（{title}）",
        what="インストーラーをベンダーから入手し、端末のデスクトップなどにコピーします。この一式が、次の場所から探します（導入が済んでいれば不要です）。",
        check="インストーラーが見つかるか、この版以降が導入されている。",
        action=_at_hand(application),
        values=lambda profile: (
            *_files(application),
            ("版", f"v{application.minimum}以降"),
            ("置く場所", kinds.SEARCH_FOLDERS),
        ),
    )


SETTINGS = (
    _brought("face-library", "ブラウザ拡張プラグイン", "face-lib-oldver"),
    _brought("linkage", "連携アプリケーション", "face-lib-oldver"),
    _brought("distribution", "配信アプリケーション"),
    Setting(
        id="installer-signatures",
        rows=("pre-installer-unmodified",),
        action=lambda profile: kinds.installers_unmodified(installers(profile)),
        values=lambda profile: (("確かめるファイル", printed(installers(profile))),),
    ),
    Setting(
        id="installers-left",
        rows=("installers-cleanup",),
        action=lambda profile: kinds.installers_removed(installers(profile)),
        values=lambda profile: (
            ("対象", printed(installers(profile)) + " と、展開したフォルダー"),
        ),
    ),
)
