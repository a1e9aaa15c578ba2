"""前提: the Windows that the documents name, and one terminal a run."""

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.windows import supported
from oqsgen.manual.rows import NOT_IN_DOCUMENTS
from oqsgen.plan.setting import Setting, Values
from oqsgen.resources import spec
from oqsgen.subjects.windows import kinds


def _edition(profile: TerminalProfile) -> Values:
    """The Windows of a terminal, and that its twin's name is taken for it too."""
    windows = spec("windows")["os"][profile.terminal.os]
    named = ("この端末のOS", windows["title"])
    if len(windows["editions"]) == 1:
        return (named,)
    return named, (f"{NOT_IN_DOCUMENTS}IoT の表示", "付いていても、付いていなくても正しいとみなす")


SETTINGS = (
    Setting(
        id="terminal-name",
        rows=("pre-per-terminal",),
        action=lambda profile: kinds.computer_named(profile.terminal.name),
        values=lambda profile: (("コンピューター名", profile.terminal.name),),
    ),
    Setting(
        id="windows-edition",
        rows=("pre-os-edition", "pre-os-edition-w10"),
        action=lambda profile: kinds.windows_edition(supported(profile)),
        values=_edition,
    ),
)
