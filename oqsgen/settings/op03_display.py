"""操作3: display scaling."""

from oqsgen.kinds import display
from oqsgen.settings.setting import Setting

SETTINGS = (
    Setting(
        id="display-scale",
        rows=("display-scale",),
        action=lambda site: display.scale(100),
        scope="user",
        who="everyone",
        values=lambda site: (("拡大/縮小", "100%"),),
    ),
)
