"""操作2: the restart that makes everything so far effective."""

from oqsgen.kinds import restart
from oqsgen.settings.setting import Setting

SETTINGS = (
    Setting(
        id="restart",
        rows=("face-lib-reboot",),
        title="ここまでの設定を有効にする再起動",
        what="設定を変えたときと、顔認証ライブラリを導入したときは、Windows を再起動し、"
        "OqsComApp でサインインして、同じランチャーをもう一度開きます。続きから自動で進みます。",
        check="もう一度開いたランチャーが、再起動を求めない。",
        action=lambda site: restart.restart(),
    ),
)
