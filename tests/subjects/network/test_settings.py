"""What the line makes of a site: its endpoints, and the doctor."""

from pathlib import Path
from typing import Any

import pytest

from oqsgen.resources import spec
from oqsgen.subjects.common.endpoints import names, required, way
from tests import PARTS
from tests.subjects.clinics import by_id, planned


def test_a_line_of_another_provider_has_nothing_of_ntt(profile: Any) -> None:
    plain = profile("{provider: ctc}")
    assert (
        not {"dns-terminal", "dns-router-ngn", "dns-latest-guide", "line-auth", "v6-option"}
        & by_id(plain).keys()
    )
    assert not [name for name in names(plain) if "flets" in name or "lineauth" in name]
    assert {"line-auth", "line-auth-answers", "v6-option"} <= by_id(profile()).keys()


@pytest.mark.parametrize("mode", ["new", "update", "audit"])
def test_the_line_s_authentication_is_looked_at_whatever_the_job(tmp_path: Path, mode: str) -> None:
    plan = planned(tmp_path, job=f"{{mode: {mode}}}")
    site = plan["line-auth-answers"]
    assert site.how == "verify" and site.requirements == ("line-auth-site",)
    assert ("line-auth" in plan) == (mode == "new")
    # By this the PC knows that the line has to be authenticated.
    text = (PARTS / "common" / "reach.ps1").read_text("utf-8")
    assert f"$script:AuthenticationSite = '{spec('network')['hosts']['line']}'" in text
    places = (site.target or {})["places"]
    assert {place["host"] for place in places} == {spec("network")["hosts"]["line"]}
    other = planned(tmp_path, job=f"{{mode: {mode}}}", network="{provider: ctc}")
    assert "line-auth-answers" not in other


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
        "distribution-record", "proxy", "bypass-text", "winhttp", "ipv6", "names", "reach"
    ]  # fmt: skip
    assert ["byPerson" in check for check in doctor["checks"]] == [True] + 6 * [False]
