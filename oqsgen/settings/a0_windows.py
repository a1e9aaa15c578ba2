"""前提: the Windows that the documents name."""

from oqsgen.kinds import windows
from oqsgen.settings.setting import Setting

SETTINGS = (
    Setting(
        id="windows-edition",
        rows=("pre-os-edition", "pre-os-edition-w10"),
        title="動作確認済みの Windows",
        what="この PC の Windows のエディションとビルドが、指定した OS であることを確かめます。",
        check="設定→システム→バージョン情報のエディションが、この OS である。",
        action=lambda site: windows.edition(site.windows),
        scope="machine",
        who="administrator",
        how="verify",
        values=lambda site: (("OS", site.windows_title),),
    ),
)
