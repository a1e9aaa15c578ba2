"""承継: carried over, or made anew."""

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
