"""操作2: what a clinic's options change, and what the page prints of the extensions."""

from pathlib import Path

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


def test_adding_comes_between_both_turns_of_the_developer_mode(tmp_path: Path) -> None:
    for mode in ("new", "update"):
        order = [
            name for name in with_options(tmp_path, mode=mode) if name.startswith(("ext", "edge"))
        ]
        add = [f"extension-{key}" for key in ("delegate", "nopinauth", "pinauth")]
        first, last = order.index("edge-developer-mode-on"), order.index("edge-developer-mode-off")
        assert first < order.index(add[0]) and order.index(add[2]) < order.index("extensions-three")
        assert order.index("extensions-three") < last
        if mode == "update":
            assert first < order.index("extensions-old") < order.index(add[0])
            assert order.index(add[2]) < order.index("extensions-current") < last


def test_names_files_and_addresses_are_printed(tmp_path: Path) -> None:
    plan = (
        with_options(tmp_path, mode="new")
        | with_options(tmp_path, mode="update")
        | with_options(tmp_path)
    )
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
