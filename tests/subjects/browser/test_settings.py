"""操作2: what a clinic's options change, and what the page prints of the extensions."""

from pathlib import Path

from tests.examples import example, plan_of
from tests.subjects.clinics import with_options


def test_the_policies_are_set_only_where_a_clinic_asks(tmp_path: Path) -> None:
    plain = with_options(tmp_path)
    assert plain["certificate-propagation"].how == plain["edge-signed-out"].how == "verify"
    assert not {"certificate-propagation-on", "edge-no-sign-in"} & plain.keys()
    asked = with_options(tmp_path, "certprop, no-sync-signin")
    assert "certificate-propagation" not in asked and "edge-signed-out" in asked
    for name, values in (
        ("certificate-propagation-on", {"CertPropEnabled": 1}),
        ("edge-no-sign-in", {"BrowserSignin": 0, "SyncDisabled": 1}),
    ):
        step = asked[name]
        assert (step.kind, step.how, step.scope) == ("policy", "apply", "machine")
        assert step.wanted is not None
        assert {k: v["data"] for k, v in step.wanted["values"].items()} == values


def test_adding_comes_after_the_developer_mode_and_turns_it_off_again(tmp_path: Path) -> None:
    for mode, before in (("new", []), ("update", ["extensions-old"])):
        plan = with_options(tmp_path, mode=mode)
        adding = ["edge-developer-mode-on", *before, "extensions-added"]
        assert [name for name in plan if name in adding] == adding
        assert plan["extensions-added"].how == "guided" and "extensions-three" not in plan
        wanted = plan["extensions-added"].wanted
        assert wanted is not None and wanted["developerMode"] is False
        assert len(wanted["added"]) == len(wanted["exactly"]) == 3


def test_an_audit_only_looks_at_the_extensions() -> None:
    (terminal,) = example("audit-win10")
    named = {step.id: step.how for step in plan_of(terminal) if step.kind == "extensions"}
    assert named == {"extensions-three": "verify"}


def test_names_files_and_addresses_are_printed(tmp_path: Path) -> None:
    plan = (
        with_options(tmp_path, mode="new")
        | with_options(tmp_path, mode="update")
        | with_options(tmp_path)
    )
    printed = {text for step in plan.values() for value in step.values for text in value}
    assert {
        r"C:\Program Files\OQS-Auth\ext",
        "delegate.crx",
        "nopinauth.crx",
        "pinauth.crx",
        "目視確認操作用アプリケーション",
        "顔認証用アプリケーション",
        "暗証番号認証用アプリケーション",
        "PIN有認証用アプリケーション",
        "PIN無認証用アプリケーション",
        "https://hweb.oqs.onshikaku.org/web/",
        "資格確認",
        "edge://extensions",
    } <= printed
