"""前提: one run is one terminal."""

from oqsgen.kinds import computer_name
from oqsgen.settings.setting import Setting

SETTINGS = (
    Setting(
        id="terminal-name",
        rows=("pre-per-terminal",),
        action=lambda site: computer_name.named(site.terminal.name),
        scope="user",
        who="oqscomapp",
        how="verify",
        values=lambda site: (("コンピューター名", site.terminal.name),),
    ),
)
