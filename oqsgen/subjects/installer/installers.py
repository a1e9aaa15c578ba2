"""準備: the installers that the vendor hands over, which are never part of a bundle."""

from collections.abc import Callable, Sequence

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.versions import Version, applications, version
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting
from oqsgen.subjects.installer import kinds

SEARCH_FOLDERS = "この一式のフォルダーの隣、ダウンロード、デスクトップ、C:\\Work"
"""Where ``templates/ps1/installer/installer.ps1`` looks."""


def installers(profile: TerminalProfile) -> tuple[str, ...]:
    """The names of all installers of a terminal, each once."""
    return tuple(dict.fromkeys(name for a in applications(profile.facts) for name in a.installers))


def printed(names: Sequence[str]) -> str:
    """Names of installers as a person reads them."""
    return "、".join(name.replace("*", "") for name in names)


def _at_hand(application: Version) -> Callable[[TerminalProfile], Action | None]:
    def action(profile: TerminalProfile) -> Action | None:
        if application not in applications(profile.facts):
            return None
        return kinds.installer_at_hand(
            application.installers, application.file, application.minimum
        )

    return action


def _brought(name: str) -> Setting:
    application = version(name)
    return Setting(
        id=f"installer-{name}",
        rows=("pre-installers",),
        title=f"インストーラーの入手と配置（{application.title}）",
        what="インストーラーをベンダーから入手し、次のどこかに置きます。ツールが探します（導入が済んでいれば不要です）。",
        check="インストーラーが見つかるか、この版以降が導入されている。",
        action=_at_hand(application),
        values=lambda profile: (
            ("ファイル", printed(application.installers)),
            ("版", f"{application.minimum} 以降"),
            ("置く場所", SEARCH_FOLDERS),
        ),
    )


SETTINGS = (
    _brought("face-library"),
    _brought("linkage"),
    _brought("distribution"),
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
