"""What is changed only where a clinic asks for it."""

from typing import Any

from tests.subjects.clinics import by_id


def test_languages_and_sign_in_are_changed_where_they_are_asked_for(profile: Any) -> None:
    plain, chosen = by_id(profile()), by_id(profile(options="locale-ja, autologon"))
    assert {"person-language-seen", "system-language-seen", "display-language"} <= plain.keys()
    assert not {"person-language", "system-language", "autologon"} & plain.keys()
    assert plain["no-plain-password"].how == "verify"
    assert chosen["person-language"].how == chosen["system-language"].how == "apply"
    assert chosen["system-language"].restart and not chosen["person-language"].restart
    assert "person-language-seen" not in chosen
    assert chosen["autologon"].wanted == {"user": "OqsComApp"} and "no-plain-password" in chosen
    assert "autologon" not in by_id(profile(options="autologon", power="manual"))
