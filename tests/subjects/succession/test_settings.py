"""承継: carried over, or made anew."""

from tests.examples import EXAMPLES, plan_of, profiles_of
from tests.subjects.clinics import example_steps


def test_a_succession_goes_one_of_two_ways() -> None:
    kept, anew = example_steps("p10-shizuoka-iin"), example_steps("p11-chiba-shika")
    assert "portal-code" in kept and "portal-code-new-accounts" not in kept
    assert not {"portal-passwords", "portal-accounts"} & kept.keys()
    assert {"portal-passwords", "portal-accounts", "portal-code-new-accounts"} <= anew.keys()
    order = list(anew)
    assert order.index("portal-passwords") < order.index("portal-accounts")
    assert order.index("portal-accounts") < order.index("portal-code-new-accounts")
    assert "引き継がれている" in dict(kept["carry-over"].values)["この施設の予定"]
    assert "引き継がれていない" in dict(anew["carry-over"].values)["この施設の予定"]


def test_where_nothing_is_succeeded_nothing_is_said_of_it() -> None:
    profiles = [profile for path in EXAMPLES for profile in profiles_of(path)]
    others = [profile for profile in profiles if "succession" not in profile.facts]
    assert any("new" in profile.facts for profile in others)
    for profile in others:
        steps = {step.id: step for step in plan_of(profile)}
        assert "carry-over" not in steps
        if "new" in profile.facts:
            sign_in = "portal-sign-in-kept" if "replace" in profile.facts else "portal-sign-in"
            assert "login-id-error" in steps[sign_in].requirements
        for step in steps.values():
            said = "".join((step.title, step.what, step.check, *(text for _, text in step.values)))
            assert "引き継がれ" not in said, step.id
