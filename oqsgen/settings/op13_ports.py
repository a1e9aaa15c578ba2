"""運用条件: ports that stay open."""

from oqsgen.kinds import outbound_port
from oqsgen.settings.line import straight
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site


def _values(site: Site) -> Values:
    return (
        ("DNS", "53（TCP・UDP）"),
        ("HTTP（電子証明書の申請）", "80（TCP・UDP）"),
        ("NTP", "123（TCP・UDP）"),
        ("HTTPS", "443（TCP・UDP）"),
        ("プロキシ", f"{site.proxy.port}（TCP・UDP）"),
    )


SETTINGS = (
    Setting(
        id="ports-open",
        rows=("ops-ports",),
        action=lambda site: outbound_port.lets_out(
            straight(site, "revocation"),
            straight(site, "secure"),
            site.ntp_server or "",
            site.proxy.server,
        ),
        how="verify",
        values=_values,
    ),
)
