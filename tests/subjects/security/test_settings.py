"""安全管理: what a PC shows of it is looked at everywhere, and as ours, not the manual's."""

from pathlib import Path

from tests.subjects.clinics import with_shares

LOOKS = {
    "firewall-on": "firewall",
    "blank-password": "registry",
    "guest-disabled": "guest",
    "shares-not-open": "share-open",
}


def test_what_a_pc_shows_of_safety_is_looked_at_everywhere(tmp_path: Path) -> None:
    plan = with_shares(tmp_path, "{link: false}", "update")
    assert {name: plan[name].kind for name in LOOKS} == LOOKS
    cited = {source for name in LOOKS for source in plan[name].source}
    assert not any("手順書" in source or "セットアップ" in source for source in cited)
    assert plan["pre-security-guideline"].how == "manual"
