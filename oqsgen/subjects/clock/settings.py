"""操作3: internet time."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.clock import kinds


def _server(profile: TerminalProfile) -> Action | None:
    return kinds.internet_time(profile.ntp_server) if profile.ntp_server else None


def _values(profile: TerminalProfile) -> Values:
    return (("タイムサーバー", profile.ntp_server or ""),)


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
        action=lambda profile: (
            kinds.clock_agrees_with(profile.ntp_server) if profile.ntp_server else None
        ),
        values=_values,
    ),
    Setting(
        id="internet-time-addresses",
        rows=("ntp-dns-rr",),
        action=lambda profile: (
            kinds.name_resolves(profile.ntp_server) if profile.ntp_server else None
        ),
        values=_values,
    ),
)
