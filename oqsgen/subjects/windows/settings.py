"""前提: the Windows that the documents name, and one terminal a run."""

from oqsgen.clinic.windows import supported
from oqsgen.plan.setting import Setting
from oqsgen.resources import spec
from oqsgen.subjects.windows import kinds

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
        values=lambda profile: (
            ("この端末のOS", spec("windows")["os"][profile.terminal.os]["title"]),
        ),
    ),
)
