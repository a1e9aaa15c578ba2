"""操作3: internet time."""

from oqsgen.kinds import Action, clock, name, time
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site


def _server(site: Site) -> Action | None:
    return time.internet_time(site.ntp_server) if site.ntp_server else None


def _values(site: Site) -> Values:
    return (("タイムサーバー", site.ntp_server or ""),)


SETTINGS = (
    Setting(
        id="internet-time",
        rows=("ntp-server", "ntp-skip"),
        action=_server,
        values=_values,
    ),
    Setting(
        id="internet-time-answers",
        rows=("ntp-sync-fail",),
        action=lambda site: clock.agrees_with(site.ntp_server) if site.ntp_server else None,
        how="verify",
        values=_values,
    ),
    Setting(
        id="internet-time-addresses",
        rows=("ntp-dns-rr",),
        action=lambda site: name.resolves(site.ntp_server) if site.ntp_server else None,
        how="verify",
        values=_values,
    ),
)
