"""操作3: internet time."""

from oqsgen.kinds import Action, clock, name, time
from oqsgen.settings.setting import Setting, Values
from oqsgen.site import Site

_SHAPED_BY = ("topology-select", "item-required-marks", "item-groups")
_CHECK = "コントロール パネル→日付と時刻→インターネット時刻に、このサーバーとの同期に成功したと表示される。"


def _server(site: Site) -> Action | None:
    return time.internet_time(site.ntp_server) if site.ntp_server else None


def _values(site: Site) -> Values:
    return (("タイムサーバー", site.ntp_server or ""),)


SETTINGS = (
    Setting(
        id="internet-time",
        rows=("ntp-server", "ntp-skip"),
        shaped_by=_SHAPED_BY,
        title="インターネット時刻サーバー",
        what="インターネット時刻のサーバーを設定し、時刻サービスがいつも動くようにして、同期を求めます。",
        check=_CHECK,
        action=_server,
        scope="machine",
        who="administrator",
        values=_values,
    ),
    Setting(
        id="internet-time-answers",
        rows=("ntp-sync-fail",),
        title="時刻の同期",
        what="タイムサーバーに時刻を尋ね、この PC の時計と合っていることを確かめます。",
        check="合わない時は、サーバー名の入力、次に回線の設定を確かめる。",
        action=lambda site: clock.agrees_with(site.ntp_server) if site.ntp_server else None,
        scope="machine",
        who="administrator",
        how="verify",
        values=_values,
    ),
    Setting(
        id="internet-time-addresses",
        rows=("ntp-dns-rr",),
        title="タイムサーバーの名前解決",
        what="タイムサーバーの名前が解決できることを確かめ、アドレスの数を示します。複数のアドレスに"
        "対応しない機器がある場合は、別紙トラブルシューティングの補24を見ます。",
        check="名前が解決できる。",
        action=lambda site: name.resolves(site.ntp_server) if site.ntp_server else None,
        scope="machine",
        who="administrator",
        how="verify",
        values=_values,
    ),
)
