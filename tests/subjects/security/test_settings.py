"""安全管理: what the guideline asks is looked at everywhere."""

from pathlib import Path

from tests.subjects.clinics import with_shares


def test_what_the_guideline_asks_is_looked_at_everywhere(tmp_path: Path) -> None:
    plan = with_shares(tmp_path, "{link: false}", "update")
    named = {step.kind for step in plan.values() if "pre-security-guideline" in step.requirements}
    assert named == {"firewall", "registry", "guest", "share-open"}
