"""What the settings about line, model and language make of a site."""

from pathlib import Path
from typing import Any

import pytest
from examples import EXAMPLES, example, sites_of

from oqsgen.plan.plan import make_plan
from oqsgen.resources import spec
from oqsgen.subjects.common.endpoints import names, places, way
from oqsgen.clinic import Site
from oqsgen.plan.step import Step

BASE = """
facility: {{code: "1319999012", name: 東京内科, hours: {{open: "09:00", close: "18:30"}}}}
network: {network}
power: {power}
readers: [{{vendor: panasonic}}]
options: [{options}]
terminals: [{{name: OQS-01, os: win11-iot-ltsc-2024, form: notebook{terminal}}}]
"""


@pytest.fixture
def site(tmp_path: Path) -> Any:
    """Makes a site: the line, the terminal's further keys, options."""

    def make(
        network: str = "{provider: ntt-east, dns: {where: router}}",
        terminal: str = "",
        options: str = "",
        power: str = "auto",
    ) -> Site:
        path = tmp_path / "clinic.yaml"
        text = BASE.format(network=network, terminal=terminal, options=options, power=power)
        path.write_text(text, "utf-8")
        return sites_of(path)[0]

    return make


def steps(site: Site) -> dict[str, Step]:
    return {step.id: step for step in make_plan(site)}


@pytest.mark.parametrize(("provider", "area"), [("ntt-east", "east"), ("ntt-west", "west")])
def test_dns_is_that_of_the_area(site: Any, provider: str, area: str) -> None:
    """On the terminal as a change, on the router as both tables; never both."""
    known, other = spec("network")["dns"][area], {"east": "west", "west": "east"}[area]
    more = ", area_override: {reason: 県境}, area: west" if area == "west" else ""
    on_pc = steps(site(f"{{provider: {provider}{more}, dns: {{where: terminal, nic: LAN}}}}"))
    dns = on_pc["dns-terminal"]
    assert (dns.how, dns.scope, dns.drops_network) == ("apply", "machine", True)
    assert dns.target == {"connection": "LAN"} and dns.wanted == {"servers": known["oqs"]}
    assert dns.as_of == spec("network")["dns"]["as_of"]
    assert not {"dns-router-ngn", "dns-router-oqs"} & on_pc.keys()

    on_router = steps(site(f"{{provider: {provider}{more}, dns: {{where: router}}}}"))
    assert "dns-terminal" not in on_router
    ngn, oqs = on_router["dns-router-ngn"], on_router["dns-router-oqs"]
    assert ngn.how == oqs.how == "guided"
    assert [value for _, value in ngn.values] == [known["ngn_domain"], *known["ngn"]]
    assert [value for _, value in oqs.values] == [
        *spec("network")["dns"]["oqs_domains"],
        *known["oqs"],
    ]
    assert ngn.target == {"hosts": [known["ngn_host"]]}
    printed = str([step.values for step in (*on_pc.values(), *on_router.values())])
    assert spec("network")["dns"][other]["oqs"][0] not in printed


def test_a_line_of_another_provider_has_nothing_of_ntt(site: Any) -> None:
    plain = site("{provider: ctc}")
    assert (
        not {"dns-terminal", "dns-router-ngn", "dns-latest-guide", "line-auth", "v6-option"}
        & steps(plain).keys()
    )
    assert not [name for name in names(plain) if "flets" in name or "lineauth" in name]
    assert {"line-auth", "line-auth-answers", "v6-option"} <= steps(site()).keys()


def test_places_are_asked_as_the_terminal_asks_them(site: Any) -> None:
    official = site()
    assert {proxy for _, _, proxy in places(official)} == {""}
    own = site(
        "{provider: own, ntp: {server: null, reason: なし}, "
        "proxy: {server: p.example, port: 3128, bypass: ['*.onshikaku.org', '*.RECE']}}"
    )
    assert way(own, "hweb.oqs.onshikaku.org") == way(own, "a.rece") == ""
    assert ("d2vhvuj0j7c8bh.cloudfront.net", 443, "p.example:3128") in places(own)
    # A proxy gives no way to port 80.
    assert not [port for _, port, proxy in places(own) if proxy and port != 443]
    assert "crldownload.obn.managedpki.ne.jp" not in names(own)
    assert steps(own)["proxy-passes"].wanted == {"unreachable": []}
    assert steps(own)["ports-open"].target == {
        "web": "", "secure": "hweb.oqs.onshikaku.org", "time": "", "proxy": "p.example:3128"
    }  # fmt: skip


def test_the_doctor_looks_in_the_order_of_the_document(site: Any) -> None:
    doctor = steps(site())["connection-doctor"].target
    assert doctor is not None
    assert [check["kind"] for check in doctor["checks"]] == [
        "proxy", "bypass-text", "winhttp", "ipv6", "names", "reach"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("terminal", "is_e14", "device"),
    [
        (", model: ThinkPad E14 Gen2, installed: 2022-12", True, "PCI\\VEN_10EC&DEV_8168"),
        (", model: thinkpad e14 gen 2, installed: 2022-12, nic: wifi", True, "PCI\\VEN_8086&"),
        (", model: ThinkPad E14 Gen2, installed: 2023-01", True, None),
        (", model: ThinkPad L15", False, None),
        ("", False, None),
    ],
)
def test_arp_offload_is_for_an_old_e14_alone(
    site: Any, terminal: str, is_e14: bool, device: str | None
) -> None:
    plan = steps(site(terminal=terminal))
    assert plan["e14-detect"].wanted == {"is": is_e14}
    offload = plan.get("e14-arp-offload")
    assert (offload and offload.target and offload.target["device"]) == device
    if offload:
        assert offload.drops_network and "e14-reboot-check" in plan


def test_languages_and_sign_in_are_changed_where_they_are_asked_for(site: Any) -> None:
    plain, chosen = steps(site()), steps(site(options="locale-ja, autologon"))
    assert {"person-language-seen", "system-language-seen", "display-language"} <= plain.keys()
    assert not {"person-language", "system-language", "autologon"} & plain.keys()
    assert plain["no-plain-password"].how == "verify"
    assert chosen["person-language"].how == chosen["system-language"].how == "apply"
    assert chosen["system-language"].restart and not chosen["person-language"].restart
    assert "person-language-seen" not in chosen
    assert chosen["autologon"].wanted == {"user": "OqsComApp"} and "no-plain-password" in chosen
    assert "autologon" not in steps(site(options="autologon", power="manual"))


def test_every_example_names_its_terminal() -> None:
    for path in EXAMPLES:
        for site in example(path.stem):
            assert steps(site)["terminal-name"].target == {"name": site.terminal.name}
