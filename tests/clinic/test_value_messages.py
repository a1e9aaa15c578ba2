"""What is said of single values: the answer where there is one, and the form that is meant."""

import json
from pathlib import Path
from typing import Any

import pytest

from oqsgen.input.problems import Problem
from oqsgen.plan.plan import make_plan
from tests.clinic.test_resolve import QUIET, run, terminal
from tests.examples import read

FACILITY = QUIET["facility"]
NETWORK = QUIET["network"]
OWN: dict[str, Any] = {
    "provider": "own",
    "proxy": {"server": "p.example", "port": 8080},
    "ntp": {"server": "ntp.example"},
}


def told(folder: Path, **keys: Any) -> list[Problem]:
    return run(folder, {**QUIET, **keys})[1]


@pytest.mark.parametrize(
    ("keys", "path", "words"),
    [
        (
            {"facility": {**FACILITY, "code": "112345678"}},
            "facility.code",
            "9桁です。10桁必要です（都道府県2桁・点数表1桁・施設の7桁の順）。",
        ),
        (
            {"facility": {**FACILITY, "code": "169999042"}},
            "facility.code",
            'もしかして: "0169999042"',
        ),
        (
            {"facility": {**FACILITY, "hours": "9:00-18:30"}},
            "facility.hours",
            'hours: {open: "09:00", close: "18:30"}',
        ),
        ({"facility": {**FACILITY, "name": ""}}, "facility.name", "空です。文字を書いてください。"),
        ({"network": {**NETWORK, "dns": "router"}}, "network.dns", "dns: {where: router}"),
        (
            {"network": {**OWN, "ntp": "192.168.1.10"}},
            "network.ntp",
            "もしかして: ntp: {server: 192.168.1.10}",
        ),
        (
            {"facility": {**FACILITY, "hours": "午前9時～午後6時半"}},
            "facility.hours",
            'もしかして: hours: {open: "09:00", close: "18:30"}',
        ),
        (
            {"facility": {**FACILITY, "hours": "終日"}},
            "facility.hours",
            '例: hours: {open: "09:00", close: "18:30"}',
        ),
        (
            {"network": {**NETWORK, "dns": "ルーター"}},
            "network.dns",
            "もしかして: dns: {where: ルーター}",
        ),
        (
            {"network": {**NETWORK, "area_override": "県境: 隣"}},
            "network.area_override",
            "もしかして: area_override: {reason: '県境: 隣'}",
        ),
        (
            {"network": {**OWN, "proxy": {"server": "http://p.example:8080", "port": 8080}}},
            "network.proxy.server",
            "もしかして: p.example。ポート番号 8080 は port に",
        ),
        (
            {"network": {**OWN, "proxy": {**OWN["proxy"], "bypass": "192.168.*;*.local"}}},
            "network.proxy.bypass",
            "bypass: ['192.168.*', '*.local']",
        ),
        (
            {"network": {**OWN, "proxy": {**OWN["proxy"], "auth": "あり（ID）"}}},
            "network.proxy.auth",
            "認証が必要なプロキシは使えません",
        ),
        (
            {"network": {**NETWORK, "provider": "ソフトバンク"}},
            "network.provider",
            "一覧にない事業者なら other とし",
        ),
        (
            {"network": {**NETWORK, "provider": "ソフトバンク"}},
            "network.provider",
            "mind（三菱電機インフォメーションネットワーク）",
        ),
        ({"readers": ["vendor:panasonic"]}, "readers[0]", "「vendor」のあとに半角の「:」と空白"),
        ({"readers": "panasonic"}, "readers", "readers: [{vendor: panasonic}]"),
        (
            {"his": {"link": True, "share_account": "r", "login_key_user": "RO123"}},
            "his.login_key_user",
            "医科の連携用アカウントは R0 で始まります（もしかして: R0123）",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_answer_is_in_the_message(
    keys: dict[str, Any], path: str, words: str, tmp_path: Path
) -> None:
    (problem,) = told(tmp_path, **keys)
    assert problem.severity == "error" and problem.path == path
    assert words in problem.message, problem.message


def test_a_zero_that_no_check_digit_asks_for_is_not_proposed(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, facility={**FACILITY, "code": "169999043"})
    assert "もしかして" not in problem.message


def test_what_excludes_each_other_is_not_said_at_once(tmp_path: Path) -> None:
    network = {"provider": "ctc", "dns": {"where": "terminal"}}
    assert [p.code for p in told(tmp_path, network=network)] == ["DNS_NOT_APPLICABLE"]


def test_one_cause_is_one_problem(tmp_path: Path) -> None:
    paths = {"req": "\\\\nas\\a\\req", "res": "\\\\nas\\a\\res"}
    (problem,) = told(tmp_path, his={"link": True, "share_account": "r", "paths": paths})
    assert "req と res" in problem.message and "nas: true" in problem.message
    data = {**QUIET, "powre": "auto"}
    del data["power"]
    assert [p.code for p in run(tmp_path, data)[1]] == ["UNKNOWN_KEY"]


def test_a_misspelt_group_is_read_as_the_one_that_is_meant(tmp_path: Path) -> None:
    data = json.loads(json.dumps(QUIET).replace('"network"', '"回線"').replace("router", "routr"))
    assert [(p.code, p.path) for p in run(tmp_path, data)[1]] == [
        ("UNKNOWN_KEY", "回線"),
        ("BAD_VALUE", "回線.dns.where"),
    ]


def test_what_holds_for_many_terminals_is_said_once(tmp_path: Path) -> None:
    terminals = [{**terminal()[0], "name": f"T{n}", "os": "win11-pro"} for n in range(20)]
    (problem,) = told(tmp_path, terminals=terminals)
    assert (problem.code, problem.path) == ("OWN_UPDATES", "terminals[0]")
    assert "ほかの 19 台も同じです" in problem.message


@pytest.mark.parametrize(
    ("his", "mode", "words"),
    [
        ({}, "new", "手作業になります"),
        ({"link": False}, "new", "自動で設定します"),
        ({}, "update", "人が確かめます"),
        ({}, "audit", "この PC が確かめます"),
        ({"local": True, "link": True}, "new", ""),
        ({"share_account": None}, "new", ""),
        ({"share_account": "receiptcom"}, "new", ""),
    ],
)
def test_what_an_account_would_save_on_site_is_said(
    his: dict[str, Any], mode: str, words: str, tmp_path: Path
) -> None:
    """As the plan has it: a step by hand where nobody wrote whether there is an account."""
    profiles, problems = run(tmp_path, {**QUIET, "his": his, "job": {"mode": mode}})
    messages = [p.message for p in problems if p.code == "SHARE_BY_HAND"]
    assert len(messages) == bool(words) and all(words in message for message in messages)
    by_hand = "share-by-hand" in {step.id for step in make_plan(profiles[0])}
    assert by_hand or not words


def test_a_clinic_that_never_closes_is_told_what_to_do(tmp_path: Path) -> None:
    facility = {**FACILITY, "hours": {"open": "00:00", "close": "24:00"}}
    (problem,) = told(tmp_path, facility=facility)
    assert problem.code == "REBOOT_REQUIRED" and "power: manual" in problem.message
    manual = told(tmp_path, facility=facility, power="manual")
    assert {p.severity for p in manual} <= {"warning", "info"}


def test_what_is_written_as_it_should_be_is_not_told(tmp_path: Path) -> None:
    for flag in ("true", "True", "TRUE"):
        (tmp_path / "clinic.yaml").write_text(
            json.dumps(QUIET, ensure_ascii=False)[:-1]
            + f', "phone": {flag}, "generic_reader": {flag}}}',
            "utf-8",
        )
        assert read(tmp_path / "clinic.yaml")[1] == []
    assert told(tmp_path, windows_update={"hour": "05"}, reboot={"time": "02:13"}) == []
