"""The versions of the applications, beside those that the documents ask for."""

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import row
from oqsgen.manual.versions import applications, as_of
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.subjects.installer import kinds


def _compared(profile: TerminalProfile) -> Values:
    """The applications of a terminal whose newest versions are public, and where."""
    titles = [application.title for application in reversed(applications(profile.facts))]
    reader = ["顔認証機器（CR）アプリ"] if "face" in profile.facts else []
    page = dict(row("ver-latest").values)["掲載ページ"]
    return (("比べるもの", "／".join([*titles, *reader])), ("掲載ページ", page))


SETTINGS = (
    Setting(
        id="installed-versions",
        rows=("ver-files", "test-version"),
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
        values=_compared,
    ),
)
