"""操作3: internet time."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.clock import kinds


def _server(profile: TerminalProfile) -> Action | None:
    return kinds.internet_time(profile.ntp_server) if profile.ntp_server else None


def _values(profile: TerminalProfile) -> Values:
    return (("サーバー", profile.ntp_server or ""),)


def _failure(profile: TerminalProfile) -> Values:
    """The server, and what Windows shows where it does not answer (setup P.13)."""
    error = f"{profile.ntp_server} と同期中にエラーが発生しました。ピアは解決されていません。"
    return (*_values(profile), ("エラーの表示", error))


SETTINGS = (
    Setting(
        id="internet-time",
        rows=("ntp-server", "ntp-skip"),
        action=_server,
        values=_values,
    ),
    Setting(
        id="internet-time-answers",
        rows=("ntp-sync-fail", "ntp-dns-rr", "ntp-skip"),
        title="時刻の同期",
        what="時刻の同期に失敗していないことを、サーバーに問い合わせ、PCの時計と比べて確かめます。",
        check="同期できている。上のエラーが出るときは、サーバー名の入力内容に誤りが無いかを確かめ、次に回線設定を確かめる。",
        action=lambda profile: (
            kinds.clock_agrees_with(profile.ntp_server) if profile.ntp_server else None
        ),
        values=_failure,
    ),
)
