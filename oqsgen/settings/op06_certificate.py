"""操作6: the client certificate."""

from oqsgen.kinds import typed_code
from oqsgen.settings.setting import Setting

SETTINGS = (
    Setting(
        id="certificate-notice",
        rows=("cert-notice-check",),
        action=lambda site: typed_code.compared(
            "通知書の発行先の医療機関等コード（10桁）", site.facility.code
        ),
        scope="user",
        who="oqscomapp",
        how="guided",
        values=lambda site: (("新しい医療機関等コード", site.facility.code),),
    ),
)
