"""操作2: the restarts that make everything so far effective.

Whoever changed something asks for the restart: the machine pass for what it has set, the user pass
for the face library, which a person installs while it waits. The second holds up the steps after
it, since the browser extensions come after that restart (setup P.5).
"""

from oqsgen.manual.versions import version
from oqsgen.plan.setting import Setting
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.restart import kinds

LIBRARY = version("face-library")

SETTINGS = (
    Setting(
        id="restart",
        rows=("restart-after-change",),
        action=lambda profile: common.restarted(),
    ),
    Setting(
        id="face-library-restart",
        rows=("face-lib-reboot",),
        action=lambda profile: kinds.restarted_since((LIBRARY.folder, LIBRARY.file)),
    ),
)
