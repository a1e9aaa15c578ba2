"""The line: its authentication, every name and endpoint that the terminal needs, and its ports."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values, by_person, sign_of
from oqsgen.resources import spec
from oqsgen.subjects.common import endpoints
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.endpoints import HTTP, HTTPS, host, straight, way
from oqsgen.subjects.network import kinds


def _endpoints(profile: TerminalProfile) -> Values:
    return tuple(
        (f"{host}:{port}", f"プロキシ {way} を通る" if way else "直接つながる")
        for host, port, way in endpoints.required(profile)
    )


def _line_up(profile: TerminalProfile) -> Action:
    return common.reached(((host("secure"), HTTPS, way(profile, host("secure"))),))


def _ports(profile: TerminalProfile) -> Values:
    return (
        ("DNS", "53（TCP・UDP）"),
        ("HTTP（電子証明書の申請）", "80（TCP・UDP）"),
        ("NTP", "123（TCP・UDP）"),
        ("HTTPS", "443（TCP・UDP）"),
        ("プロキシ", f"{profile.proxy.port}（TCP・UDP）"),
    )


SETTINGS = (
    Setting(
        id="line-up",
        rows=("pre-line",),
        action=_line_up,
        values=lambda profile: (
            ("回線", spec("network")["methods"][profile.network.method]),
            ("接続の確認先", host("secure")),
        ),
    ),
    Setting(
        id="names-resolve",
        rows=("net-resolve-set",),
        action=lambda profile: common.names_resolve(endpoints.names(profile)),
        values=lambda profile: tuple(
            (f"名前 {number}", name) for number, name in enumerate(endpoints.names(profile), 1)
        ),
    ),
    Setting(
        id="places-reached",
        rows=("urls-all",),
        action=lambda profile: common.reached(endpoints.required(profile)),
        values=_endpoints,
    ),
    Setting(
        id="line-auth",
        rows=("line-auth",),
        action=by_person,
        open=f"https://{host('line')}/",
        # Nothing of the closed network answers before it.
        sign=lambda profile: sign_of(
            _line_up(profile), host("secure"), "応答すると", "応答しました"
        ),
    ),
    Setting(
        id="line-auth-answers",
        rows=("line-auth-site",),
        action=lambda profile: common.one_reached(
            ((host("line"), HTTPS, ""), (host("line"), HTTP, ""))
        ),
        values=lambda profile: (("回線認証のサイト", host("line")),),
    ),
    Setting(
        id="ports-open",
        rows=("ops-ports",),
        action=lambda profile: kinds.lets_out(
            straight(profile, "revocation"),
            straight(profile, "secure"),
            profile.ntp_server or "",
            profile.proxy.server,
        ),
        values=_ports,
    ),
)
