"""How far a visit is prepared is said wherever somebody may still do something about it."""

from pathlib import Path

import pytest

from tests.command import Run

CLINIC = """
facility: {code: "1319999012", name: 東京内科, hours: {open: "09:00", close: "18:30"}}
network: {provider: ntt-east, dns: {where: router}}
power: auto
readers: [{vendor: panasonic}]
terminals: [{name: OQS-01, os: win11-iot-ltsc-2024}]
"""
LINE = "1319999012_OQS-01 訪問の準備: 12 のうち 1。まだ: 1 回線の開通、"


@pytest.mark.parametrize("command", [("check",), ("build", "--unsigned", "-o", "dist")])
def test_a_prepared_visit_is_told_of(command: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text(CLINIC + "visit: {ready: {pc: true}}\n", "utf-8")
    assert LINE in run(command[0], "clinic.yaml", *command[1:]).stdout
    file.write_text(CLINIC, "utf-8")
    assert "訪問の準備" not in run(command[0], "clinic.yaml", *command[1:]).stdout
