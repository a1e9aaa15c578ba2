"""Defaults, overrides, facts and warnings of a site."""

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oqsgen import resources
from oqsgen.clinic import Clinic, TerminalProfile, model
from oqsgen.clinic.secrets import looks_secret
from oqsgen.input.problems import Problem, has_errors
from tests.examples import read
from tests.messages import said

SMALLEST: dict[str, Any] = {
    "facility": {
        "code": "1319999012",
        "name": "東京内科",
        "hours": {"open": "09:00", "close": "18:30"},
    },
    "network": {"provider": "ntt-east", "dns": {"where": "router"}},
    "power": "auto",
    "readers": [{"vendor": "panasonic"}],
    "terminals": [{"name": "OQS-01", "os": "win11-iot-ltsc-2024"}],
}
QUIET = {**SMALLEST, "his": {"share_account": None}}
"""The same where nothing is left to be told."""
T2 = {
    "provider": "mind",
    "proxy": {"server": "p.example", "port": 8080, "bypass": ["*.rece"], "extra_bypass": ["a.jp"]},
    "ntp": {"server": None, "reason": "なし"},
}


def run(folder: Path, data: Any) -> tuple[tuple[TerminalProfile, ...], list[Problem]]:
    path = folder / "clinic.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return read(path)


def profile_of(folder: Path, **keys: Any) -> TerminalProfile:
    profiles, problems = run(folder, {**SMALLEST, **keys})
    assert not has_errors(problems), problems
    return profiles[0]


def codes_of(folder: Path, **keys: Any) -> list[tuple[str, str]]:
    return [(p.code, p.severity) for p in run(folder, {**QUIET, **keys})[1]]


def terminal(**keys: Any) -> list[dict[str, Any]]:
    return [{**SMALLEST["terminals"][0], **keys}]


def test_defaults_of_the_smallest_file(tmp_path: Path) -> None:
    profile = profile_of(tmp_path)
    assert (profile.facility.kind, profile.facility.class_, profile.job.mode) == (
        "ika",
        "clinic",
        "new",
    )
    assert (profile.topology, profile.area, profile.network.method) == ("t1", "east", "ip-vpn")
    assert profile.network.v6_option is True
    assert profile.proxy.server == "proxy.base.oqs-pdl.org:8080"
    assert len(profile.proxy.bypass) == 9
    assert (profile.proxy.exact, profile.proxy.winhttp) == (False, True)
    assert profile.network.ntp == model.Ntp(server="ntp.base.oqs-pdl.org")
    assert profile.windows_update.mode == "auto" and profile.active_hours is None
    assert profile.his.paths.req == "C:\\OQS\\req"
    assert profile.services == model.Services()
    assert (profile.charset, profile.options, profile.staff_accounts) == ("utf8", (), ())
    assert profile.name == "1319999012_OQS-01"


def test_manual_power(tmp_path: Path) -> None:
    profile = profile_of(tmp_path, power="manual")
    assert profile.reboot_time is None
    assert (profile.windows_update.mode, profile.windows_update.hour) == ("manual", None)
    assert profile.active_hours and (profile.active_hours.start, profile.active_hours.end) == (
        8,
        20,
    )


def test_own_proxy_is_exact(tmp_path: Path) -> None:
    profile = profile_of(tmp_path, network=T2)
    assert profile.topology == "t2"
    assert profile.proxy.server == "p.example:8080"
    assert profile.proxy.bypass == ("*.rece", "a.jp")
    assert (profile.proxy.exact, profile.proxy.winhttp) == (True, False)
    assert profile.network.ntp == model.Ntp(reason="なし") and profile.ntp_server is None


def test_extra_bypass_only_adds(tmp_path: Path) -> None:
    network = {**SMALLEST["network"], "proxy": {"extra_bypass": ["*.rece", "*.a.jp"]}}
    profile = profile_of(tmp_path, network=network)
    assert len(profile.proxy.bypass) == 10 and profile.proxy.bypass[-1] == "*.a.jp"


@pytest.mark.parametrize(
    ("code", "kind", "class_"),
    [
        ("1319999012", "ika", "clinic"),
        ("2739999023", "shika", "clinic"),
        ("2349999033", "yakkyoku", "pharmacy"),
        ("0169999042", "houkan", "station"),
    ],
)
def test_kind_and_class_from_the_code(tmp_path: Path, code: str, kind: str, class_: str) -> None:
    facility = {**SMALLEST["facility"], "code": code}
    profile = profile_of(tmp_path, facility=facility, network={"provider": "ctc"})
    assert (profile.facility.kind, profile.facility.class_) == (kind, class_)


def test_override_holds_for_one_terminal(tmp_path: Path) -> None:
    other = {
        "name": "OQS-02",
        "os": "win11-iot-ltsc-2024",
        "override": {"facility": {"name": "別館"}, "readers": [{"vendor": "canon"}]},
    }
    profiles, problems = run(tmp_path, {**QUIET, "terminals": [*terminal(), other]})
    assert not problems
    assert [s.facility.name for s in profiles] == ["東京内科", "別館"]
    assert [s.facility.code for s in profiles] == ["1319999012"] * 2
    assert [s.readers[0].vendor for s in profiles] == ["panasonic", "canon"]
    assert profiles[0].reboot_time != profiles[1].reboot_time


def test_a_shared_problem_is_told_once(tmp_path: Path) -> None:
    terminals = [{"name": f"T{n}", "os": "win11-iot-ltsc-2024"} for n in range(5)]
    _, problems = run(tmp_path, {**QUIET, "power": "x", "terminals": terminals})
    assert [problem.code for problem in problems] == ["BAD_VALUE"]


def test_right_terminals_resolve_beside_a_wrong_one(tmp_path: Path) -> None:
    terminals = [*terminal(), {"name": "BAD", "os": "win95"}]
    profiles, problems = run(tmp_path, {**QUIET, "terminals": terminals})
    assert [profile.terminal.name for profile in profiles] == ["OQS-01"]
    assert [problem.path for problem in problems] == ["terminals[1].os"]


def test_area_override(tmp_path: Path) -> None:
    network = {"provider": "ntt-west", "dns": {"where": "router"}}
    assert ("AREA_MISMATCH", "error") in codes_of(tmp_path, network=network)
    profile = profile_of(tmp_path, network={**network, "area_override": {"reason": "県境"}})
    assert profile.area == "west" and profile.network.area_override == model.Reason(reason="県境")


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (
            {"network": {"provider": "ntt-east", "dns": {"where": "none"}}},
            ("DNS_NOT_SET", "warning"),
        ),
        ({"power": "manual", "windows_update": {"mode": "auto"}}, ("WU_POWER_MANUAL", "warning")),
        ({"active_hours": {"start": 8, "end": 20}}, ("NOT_USED", "warning")),
        ({"readers": [{"vendor": "canon"}], "phone": True}, ("PHONE_READER_CHECK", "info")),
        ({"readers": [{"vendor": "canon", "account": "FOFACE01"}]}, ("ID_LETTER_O", "warning")),
        ({"terminals": terminal(manual_assets=True)}, ("OWN_UPDATES", "info")),
        ({"reboot": {"time": None}}, ("REBOOT_REQUIRED", "error")),
        (
            {
                "facility": {**SMALLEST["facility"], "code": "0169999042"},
                "readers": [],
                "his": {"link": True, "share_account": "rc", "login_key_user": "R0RENK01"},
            },
            ("LOGIN_KEY_PREFIX", "info"),
        ),
    ],
)
def test_severities(tmp_path: Path, keys: dict[str, Any], found: tuple[str, str]) -> None:
    assert codes_of(tmp_path, **keys) == [found]


def test_no_readers_for_home_nursing_or_a_generic_reader(tmp_path: Path) -> None:
    assert codes_of(tmp_path, readers=[], generic_reader=True) == []
    facility = {**SMALLEST["facility"], "code": "0169999042"}
    assert codes_of(tmp_path, facility=facility, readers=[]) == []


FACTS: list[tuple[dict[str, Any], set[str], set[str]]] = [
    ({}, {"new", "auto-power", "t1", "ntt", "east", "face", "wu-auto"}, {"noface", "linkage"}),
    ({"network": T2}, {"t2", "ipsec-ike"}, {"ntt", "east", "west", "dns-router"}),
    ({"services": {"erx": True}}, {"erx", "linkage"}, {"his", "his-link"}),
    (
        {"his": {"link": True, "local": True}},
        {"his", "his-link", "linkage"},
        {"his-shared", "his-nas"},
    ),
    ({"his": {"link": True, "share_account": "rc", "nas": True}}, {"his-shared", "his-nas"}, set()),
    (
        {"terminals": terminal(os="win11-pro")},
        {"win11-pro", "win11", "stop-auto-update"},
        {"win10"},
    ),
    (
        {"terminals": terminal(shared_with_receipt_computer=True)},
        {"shared", "stop-auto-update"},
        {"win11-pro"},
    ),
    ({"terminals": terminal(manual_assets=True)}, {"manual-assets", "stop-auto-update"}, set()),
    (
        {"terminals": terminal(model="Lenovo thinkpad E14 Gen 2", installed="2022-12")},
        {"e14"},
        {"old-install"},
    ),
    (
        {"terminals": terminal(model="ThinkPad E14 Gen2", installed="2023-01")},
        {"e14", "e14-time"},
        {"old-install"},
    ),
    (
        {"terminals": terminal(model="ThinkPad E14 Gen2", installed="2023-02")},
        set(),
        {"e14", "e14-time"},
    ),
    ({"terminals": terminal(model="ThinkPad E14 Gen2")}, {"e14", "e14-time"}, set()),
    ({"terminals": terminal()}, {"e14-time"}, {"e14"}),
    (
        {"terminals": terminal(model="ThinkPad E14 Gen2", installed="2024-05")},
        set(),
        {"e14", "old-install"},
    ),
    ({"terminals": terminal(model="ThinkPad E14 Gen20", installed="2020-01")}, set(), {"e14"}),
    ({"terminals": terminal(force_delay=True)}, {"old-install"}, set()),
    ({"terminals": terminal(installed="2021-05")}, {"old-install"}, set()),
    ({"phone": True, "generic_reader": True}, {"phone", "phone-generic", "generic-reader"}, set()),
    ({"phone": True, "readers": [{"vendor": "canon"}]}, {"phone", "canon"}, {"phone-generic"}),
    (
        {"readers": [{"vendor": "canon"}, {"vendor": "almex"}]},
        {"several-readers", "canon", "almex"},
        set(),
    ),
    ({"readers": [], "generic_reader": True}, {"noface"}, {"face"}),
    ({"options": ["autologon", "locale-ja"]}, {"autologon", "locale-ja"}, {"certprop"}),
    ({"ntt_start_pack": True}, {"ntt-pack"}, set()),
    (
        {
            "job": {
                "mode": "succession",
                "succession": {"previous_code": "1319999111", "date": "2026-10-01"},
            }
        },
        {"succession", "carry-over"},
        {"new", "new-accounts"},
    ),
    (
        {
            "job": {
                "mode": "succession",
                "succession": {
                    "previous_code": "1319999111",
                    "date": "2026-10-01",
                    "carry_over": False,
                },
            }
        },
        {"new-accounts"},
        {"carry-over"},
    ),
]


@pytest.mark.parametrize(("keys", "true", "false"), FACTS)
def test_facts(tmp_path: Path, keys: dict[str, Any], true: set[str], false: set[str]) -> None:
    facts = profile_of(tmp_path, **keys).facts
    assert true <= facts
    assert not false & facts


def test_dates_are_dates(tmp_path: Path) -> None:
    profile = profile_of(tmp_path, certificate={"download_deadline": "2027-03-31"})
    assert profile.download_deadline == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("password", True),
        ("oqs_pass", True),
        ("PIN", True),
        ("certPin", True),
        ("api-key", True),
        ("apiKey", True),
        ("ＰＡＳＳＷＯＲＤ", True),
        ("暗証番号", True),
        ("client_secret", True),
        ("pinauth", False),
        ("bypass", False),
        ("compass", False),
        ("login_key_user", False),
    ],
)
def test_keys_that_look_like_secrets(key: str, secret: bool) -> None:
    assert looks_secret(key) is secret


def _all_keys(schema: dict[str, Any]) -> set[str]:
    keys = set(schema.get("properties", {}))
    for part in schema.get("$defs", {}).values():
        keys |= _all_keys(part)
    return keys


KEYS = sorted(_all_keys(Clinic.model_json_schema()))


def test_no_key_of_ours_looks_like_a_secret() -> None:
    assert not [key for key in KEYS if looks_secret(key)]


def test_every_key_has_a_hint() -> None:
    schema = Clinic.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        for name, key in part.get("properties", {}).items():
            assert key.get("description"), name


@pytest.mark.parametrize(
    ("stated", "topology", "like"),
    [("base", "t1", "qtnet"), ("cloud", "t2", "mind"), ("own-proxy", "t3", "own")],
)
def test_a_carrier_of_no_list_is_what_the_file_says(
    tmp_path: Path, stated: str, topology: str, like: str
) -> None:
    known = resources.spec("network")["providers"][like]
    own = {"proxy": {"server": "proxy.example", "port": 3128}, "ntp": {"server": "ntp.example"}}
    rest = {} if stated == "base" else own
    other = {"provider_name": "見本回線", "method": known["method"], "topology": stated}
    profile = profile_of(tmp_path, network={"provider": "other"} | other | rest)
    listed = profile_of(tmp_path, network={"provider": like} | rest)
    assert (profile.provider_title, profile.topology) == ("見本回線", topology)
    assert profile.facts == listed.facts and not profile.is_ntt
    assert profile.proxy == listed.proxy and profile.ntp_server == listed.ntp_server


def test_words_of_the_model_are_those_of_the_data() -> None:
    words = {
        model.Provider: resources.spec("network")["providers"],
        model.Method: resources.spec("network")["methods"],
        model.Os: resources.spec("windows")["os"],
        model.ReaderVendor: resources.spec("readers")["vendors"],
        model.FacilityClass: {
            c for each in resources.spec("facility")["classes"].values() for c in each
        },
        model.FacilityType: resources.spec("facility")["classes"],
    }
    words[model.StatedTopology] = resources.spec("network")["stated"]
    for literal, data in words.items():
        assert set(get_args(literal)) == set(data)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 100_000),
    st.sampled_from(
        [
            "1319999012",
            "0110113719",
            "09:00",
            "24:00",
            "18:30",
            "ntt-east",
            "own",
            "mind",
            "router",
            "auto",
            "manual",
            "houkan",
            "canon",
            "fujitsu",
            "win11-pro",
            "OQS-01",
            "receiptcom",
            "Everyone",
            "*.rece",
            "a;b",
            "C:\\x",
            "2026-10-01",
            "true",
            "succession",
            "display-scale",
            "R0RENK01",
            "proxy.example",
            "東京",
        ]
    ),
    st.text(max_size=12).filter(lambda t: t.isprintable()),
)
TREES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*KEYS, "password", "x"]), inner, max_size=6),
    max_leaves=25,
)


@given(data=st.dictionaries(st.sampled_from(KEYS), TREES, max_size=8))
def test_any_tree_of_known_keys_gives_profiles_or_problems(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]
) -> None:
    profiles, problems = run(tmp_path_factory.getbasetemp(), data)
    assert profiles or has_errors(problems)
    for problem in problems:
        said([problem]).encode()


@given(data=st.data())
def test_any_change_of_a_whole_file_gives_profiles_or_problems(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(Clinic.model_fields)))
    tree = data.draw(TREES)
    terminals = [*terminal(), {"name": "T2", "os": "win11-pro", "override": {key: tree}}]
    changed = {**SMALLEST, "terminals": terminals}
    profiles, problems = run(tmp_path_factory.getbasetemp(), changed)
    assert len(profiles) == 2 or problems
    for profile in profiles:
        assert profile.facts and json.dumps(profile.resolved_input())
