"""What the line makes of a site: its endpoints, and the doctor."""

from typing import Any

from oqsgen.subjects.common.endpoints import names, required, way
from tests.subjects.clinics import by_id


def test_a_line_of_another_provider_has_nothing_of_ntt(profile: Any) -> None:
    plain = profile("{provider: ctc}")
    assert (
        not {"dns-terminal", "dns-router-ngn", "dns-latest-guide", "line-auth", "v6-option"}
        & by_id(plain).keys()
    )
    assert not [name for name in names(plain) if "flets" in name or "lineauth" in name]
    assert {"line-auth", "line-auth-answers", "v6-option"} <= by_id(profile()).keys()


def test_endpoints_are_asked_as_the_terminal_asks_them(profile: Any) -> None:
    official = profile()
    assert {proxy for _, _, proxy in required(official)} == {""}
    own = profile(
        "{provider: own, ntp: {server: null, reason: なし}, "
        "proxy: {server: p.example, port: 3128, bypass: ['*.onshikaku.org', '*.RECE']}}"
    )
    assert way(own, "hweb.oqs.onshikaku.org") == way(own, "a.rece") == ""
    assert ("d2vhvuj0j7c8bh.cloudfront.net", 443, "p.example:3128") in required(own)
    # A proxy gives no way to port 80.
    assert not [port for _, port, proxy in required(own) if proxy and port != 443]
    assert "crldownload.obn.managedpki.ne.jp" not in names(own)
    assert by_id(own)["proxy-passes"].wanted == {"unreachable": []}
    assert by_id(own)["ports-open"].target == {
        "web": "", "secure": "hweb.oqs.onshikaku.org", "time": "", "proxy": "p.example:3128"
    }  # fmt: skip


def test_the_doctor_looks_in_the_order_of_the_document(profile: Any) -> None:
    doctor = by_id(profile())["connection-doctor"].target
    assert doctor is not None
    assert [check["kind"] for check in doctor["checks"]] == [
        "proxy", "bypass-text", "winhttp", "ipv6", "names", "reach"
    ]  # fmt: skip
