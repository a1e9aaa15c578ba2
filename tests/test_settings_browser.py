"""操作2 and 操作7: what a clinic's options change, and what the page prints of the extensions."""

from pathlib import Path

import pytest
from examples import steps_of

from oqsgen.plan.step import Step

CLINIC = """
facility: {{code: "1319999012", name: 東京内科, hours: {{open: "09:00", close: "18:30"}}}}
network: {{provider: ntt-east, dns: {{where: router}}}}
power: auto
job: {{mode: {mode}}}
readers: [{{vendor: panasonic}}]
options: [{options}]
terminals: [{{name: OQS-01, os: win11-pro, form: desktop}}]
"""


def steps(tmp_path: Path, options: str = "", mode: str = "new") -> dict[str, Step]:
    """The plan of a clinic with these options."""
    path = tmp_path / "clinic.yaml"
    path.write_text(CLINIC.format(options=options, mode=mode), "utf-8")
    return steps_of(path)


def test_the_policies_are_set_only_where_a_clinic_asks(tmp_path: Path) -> None:
    plain = steps(tmp_path)
    assert plain["certificate-propagation"].how == plain["edge-signed-out"].how == "verify"
    assert not {"certificate-propagation-on", "edge-no-sign-in"} & plain.keys()
    asked = steps(tmp_path, "certprop, no-sync-signin")
    assert "certificate-propagation" not in asked and "edge-signed-out" in asked
    for name, values in (
        ("certificate-propagation-on", {"CertPropEnabled": 1}),
        ("edge-no-sign-in", {"BrowserSignin": 0, "SyncDisabled": 1}),
    ):
        step = asked[name]
        assert (step.kind, step.how, step.scope) == ("policy", "apply", "machine")
        assert step.wanted is not None
        assert {k: v["data"] for k, v in step.wanted["values"].items()} == values


def test_adding_comes_between_both_turns_of_the_developer_mode(tmp_path: Path) -> None:
    for mode in ("new", "update"):
        order = [name for name in steps(tmp_path, mode=mode) if name.startswith(("ext", "edge"))]
        add = [f"extension-{key}" for key in ("delegate", "nopinauth", "pinauth")]
        first, last = order.index("edge-developer-mode-on"), order.index("edge-developer-mode-off")
        assert first < order.index(add[0]) and order.index(add[2]) < order.index("extensions-three")
        assert order.index("extensions-three") < last
        if mode == "update":
            assert first < order.index("extensions-old") < order.index(add[0])
            assert order.index(add[2]) < order.index("extensions-current") < last


@pytest.mark.parametrize(
    ("step", "row"), [("restart", "face-lib-reboot"), ("face-library-restart", "face-lib-reboot")]
)
def test_each_pass_asks_for_its_own_restart(tmp_path: Path, step: str, row: str) -> None:
    found = steps(tmp_path)[step]
    assert found.requirements == (row,) and found.how == "apply"
    assert found.scope == ("machine" if step == "restart" else "user")


def test_names_files_and_addresses_are_printed(tmp_path: Path) -> None:
    plan = steps(tmp_path, mode="new") | steps(tmp_path, mode="update") | steps(tmp_path)
    printed = {value for step in plan.values() for _, value in step.values}
    assert {
        r"C:\Program Files\OQS-Auth\ext\delegate.crx",
        r"C:\Program Files\OQS-Auth\ext\nopinauth.crx",
        r"C:\Program Files\OQS-Auth\ext\pinauth.crx",
        "目視確認操作用アプリケーション",
        "顔認証用アプリケーション",
        "暗証番号認証用アプリケーション",
        "PIN有認証用アプリケーション",
        "PIN無認証用アプリケーション",
        "2.0.0.0以降",
        "https://hweb.oqs.onshikaku.org/web/",
        "資格確認",
        "edge://extensions",
    } <= printed
