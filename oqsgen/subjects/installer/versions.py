"""The versions of the applications, beside those that the documents ask for."""

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.versions import applications, as_of
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.resources import spec
from oqsgen.subjects.installer import kinds


def _least(profile: TerminalProfile) -> Values:
    """What the applications of a terminal have to be at least."""
    return tuple((a.title, f"{a.minimum} 以降") for a in applications(profile.facts))


SETTINGS = (
    Setting(
        id="installed-versions",
        rows=("ver-files", "test-version", "pre-installer-latest", "face-lib-oldver"),
        title="アプリのバージョンの確認",
        check="どの版も、表の版以降である。",
        action=lambda profile: kinds.versions_at_least(applications(profile.facts)),
        values=lambda profile: tuple(
            (a.title, f"{a.minimum} 以降（{a.file}）") for a in applications(profile.facts)
        ),
        as_of=as_of(),
    ),
    Setting(
        id="latest-versions",
        rows=("ver-latest",),
        action=by_person,
        open=spec("versions")["portal"],
    ),
)
