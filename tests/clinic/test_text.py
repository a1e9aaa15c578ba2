"""Which characters a name may hold: those that show, and that stay where they are."""

import pytest

from oqsgen.text import unsafe_character, visible


@pytest.mark.parametrize(
    "character",
    [
        "\u200d",
        "\u3164",
        "\U000e0041",
        "\ufffd",
        "\x1b",
        "\n",
        "\u202e",
        "\ufeff",
        "\u2800",
        "\xa0",
    ],
)
def test_what_does_not_show_is_refused_and_named(character: str) -> None:
    assert unsafe_character(f"東京{character}内科") == character
    shown = visible(f"東京{character}内科")
    assert shown.isprintable() and character not in shown


@pytest.mark.parametrize(
    "name", ["葛󠄀城医院", "𠮷田　眼科", "か\u3099ん", "神︀社前", "－‖〜①㈱ｱﾊﾟｰﾄ", "\ue000"]
)
def test_what_shows_is_taken(name: str) -> None:
    assert unsafe_character(name) is None


def test_what_shows_is_shown_as_it_is() -> None:
    assert visible("葛󠄀城医院　𠮷田 C:\\x") == "葛󠄀城医院　𠮷田 C:\\x"
