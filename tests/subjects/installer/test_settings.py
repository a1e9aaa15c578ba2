"""準備 and 操作11: the installers and versions that a site needs."""

from tests.subjects.clinics import Plan


def test_only_what_the_profile_has_is_to_be_brought_and_compared(plan: Plan) -> None:
    alone = plan()
    linked = plan(his="{link: true, share_account: receiptcom}")
    assert "installer-linkage" not in alone and "installer-linkage" in linked
    names = [a["name"] for a in alone["installed-versions"].as_json()["target"]["applications"]]
    assert names == ["顔認証ライブラリ", "配信アプリケーション"]
    minimum = linked["installed-versions"].as_json()["wanted"]["minimum"]
    assert minimum == dict(zip(minimum, ("2.3.0", "2.2.0", "2.0.1"), strict=True))
