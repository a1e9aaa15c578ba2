"""操作3: internet time."""

from oqsgen.clinic import Site
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.clock import kinds
from oqsgen.subjects.common import kinds as common


def _server(site: Site) -> Action | None:
    return kinds.internet_time(site.ntp_server) if site.ntp_server else None


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
        action=lambda site: kinds.clock_agrees_with(site.ntp_server) if site.ntp_server else None,
        values=_values,
    ),
    Setting(
        id="internet-time-addresses",
        rows=("ntp-dns-rr",),
        action=lambda site: common.name_resolves(site.ntp_server) if site.ntp_server else None,
        values=_values,
    ),
)
