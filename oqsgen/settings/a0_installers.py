"""準備: the installers that the vendor hands over, which are never part of a bundle."""

from collections.abc import Callable, Sequence

from oqsgen.kinds import Action, installer, versions
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site
from oqsgen.versions import Version, applications, as_of, version

PLACES = "この一式のフォルダーの隣、ダウンロード、デスクトップ、C:\\Work"
"""Where ``templates/ps1/kinds/installer.ps1`` looks."""


def installers(site: Site) -> tuple[str, ...]:
    """The names of all installers of a site, each once."""
    return tuple(dict.fromkeys(name for a in applications(site.facts) for name in a.installers))


def printed(names: Sequence[str]) -> str:
    """Names of installers as a person reads them."""
    return "、".join(name.replace("*", "") for name in names)


def least(site: Site) -> Values:
    """What the applications of a site have to be at least."""
    return tuple((a.title, f"{a.minimum} 以降") for a in applications(site.facts))


def _at_hand(application: Version) -> Callable[[Site], Action | None]:
    def action(site: Site) -> Action | None:
        if application not in applications(site.facts):
            return None
        return installer.at_hand(application.installers, application.file, application.minimum)

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
        scope="user",
        who="oqscomapp",
        how="guided",
        values=lambda site: (
            ("ファイル", printed(application.installers)),
            ("版", f"{application.minimum} 以降"),
            ("置く場所", PLACES),
        ),
    )


SETTINGS = (
    _brought("face-library"),
    _brought("linkage"),
    _brought("distribution"),
    Setting(
        id="installer-signatures",
        rows=("pre-installer-unmodified",),
        action=lambda site: installer.unmodified(installers(site)),
        scope="user",
        who="oqscomapp",
        how="verify",
        values=lambda site: (("確かめるファイル", printed(installers(site))),),
    ),
    Setting(
        id="installed-versions-least",
        rows=("pre-installer-latest",),
        action=lambda site: versions.at_least(applications(site.facts)),
        scope="user",
        who="oqscomapp",
        how="verify",
        values=least,
        as_of=as_of(),
    ),
)
