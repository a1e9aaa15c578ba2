"""Each kind says what its data hold, and the page of them is as they say."""

from typing import Any

import pytest

from oqsgen.plan.kind import INSTEAD, SAID, Field, Kind, names
from oqsgen.plan.step import How, Scope
from oqsgen.subjects import KINDS
from tests.build.test_golden import HINT, regenerate


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_declares_each_field_once_and_in_words(kind: Kind) -> None:
    for fields in (kind.target, kind.wanted, kind.found):
        assert len(names(fields)) == len(fields)
        assert all(field.meaning and not field.meaning.endswith(".") for field in fields)
    assert kind.about.endswith(".") and not kind.source.endswith(".")
    assert not names(kind.found) & names(SAID + INSTEAD), "any kind may find these"
    assert not any(field.ours or field.sometimes for field in kind.target)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_says_in_words_what_is_not_as_wanted_and_what_to_do(kind: Kind) -> None:
    if not kind.wanted:
        return
    assert kind.thing and all(field.label for field in kind.wanted)
    assert kind.changes or kind.remedy, "what only is looked at is mended by a person"
    assert not kind.remedy or kind.remedy.endswith("ください。")
    besides = [field for field in kind.found if field.wording.always]
    assert all(field.label for field in besides)


def test_a_field_that_a_kind_does_not_declare_is_refused() -> None:
    kind = Kind(
        "lamp", "A lamp.", (Field("name", "its name"),), (Field("on", "whether it is"),), ()
    )
    assert kind.action({"name": "desk"}, {"on": True}).wanted == {"on": True}
    assert kind.action({"name": "desk"}, None).wanted is None
    refused: list[tuple[dict[str, Any], dict[str, Any] | None]] = [
        ({"name": "desk"}, {"off": True}),
        ({}, None),
        ({"name": "desk", "x": 1}, {"on": True}),
    ]
    for target, wanted in refused:
        with pytest.raises(ValueError, match="kind lamp: fields"):
            kind.action(target, wanted)


@pytest.mark.parametrize(
    ("name", "how", "scope", "allowed"),
    [
        ("share", "apply", "machine", True),
        ("share", "apply", "user", False),
        ("shares-access", "verify", "machine", True),
        ("shares-access", "apply", "machine", False),
        ("sign-in", "apply", "user", True),
        ("port", "verify", "user", True),
        ("port", "guided", "machine", True),
        ("port", "apply", "user", False),
    ],
)
def test_a_kind_is_put_only_to_what_it_can_do(
    name: str, how: How, scope: Scope, allowed: bool
) -> None:
    assert KINDS[name].allows(how, scope) is allowed


def test_the_page_is_as_the_kinds_are() -> None:
    assert regenerate.KINDS.read_text("utf-8") == regenerate.kinds_page(), HINT
