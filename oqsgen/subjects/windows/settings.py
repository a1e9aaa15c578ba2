"""前提: the Windows that the documents name, and one terminal a run."""

from oqsgen.clinic.windows import supported
from oqsgen.plan.setting import Setting
from oqsgen.resources import spec
from oqsgen.subjects.windows import kinds

SETTINGS = (
    Setting(
        id="terminal-name",
        rows=("pre-per-terminal",),
        action=lambda site: kinds.computer_named(site.terminal.name),
        values=lambda site: (("コンピューター名", site.terminal.name),),
    ),
    Setting(
        id="windows-edition",
        rows=("pre-os-edition", "pre-os-edition-w10"),
        action=lambda site: kinds.windows_edition(supported(site)),
        values=lambda site: (("OS", spec("windows")["os"][site.terminal.os]["title"]),),
    ),
)
