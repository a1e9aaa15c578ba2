"""操作3: display scaling."""

from oqsgen.kinds import display
from oqsgen.settings.setting import Setting

SETTINGS = (
    Setting(
        id="display-scale",
        rows=("display-scale", "user-multi-staff"),
        shaped_by=("item-required-marks", "item-groups"),
        title="拡大/縮小 100%",
        what="画面がスクロールなしで収まるように、表示スケールを 100% にします。",
        check="設定→システム→ディスプレイ→拡大/縮小が 100% である。",
        action=lambda site: display.scale(100),
        scope="user",
        who="everyone",
        values=lambda site: (("拡大/縮小", "100%"),),
    ),
)
