"""操作3: display scaling."""

from oqsgen.plan.setting import Setting
from oqsgen.subjects.display import kinds

SETTINGS = (
    Setting(
        id="display-scale",
        rows=("display-scale",),
        action=lambda profile: kinds.scale(100),
        values=lambda profile: (("拡大/縮小", "100%"),),
    ),
)
