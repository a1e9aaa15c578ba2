"""What a kind is: a way of setting or reading one sort of thing of Windows."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Literal

from oqsgen.plan.step import How, Scope


@dataclass(frozen=True)
class Action:
    """One use of a kind: which thing (``target``) and how it should be (``wanted``, None = absent).

    Both are JSON data. ``target`` names the thing in the PC's journal, so it never says how the
    thing should be; it is None for what the PC cannot see.
    """

    kind: str
    target: Mapping[str, Any] | None
    wanted: Mapping[str, Any] | None


BY_PERSON = Action("manual", None, None)
"""What only a person can do or see."""

ON_OFF = {"true": "オン", "false": "オフ"}
ENABLED = {"true": "有効", "false": "無効"}
THERE = {"true": "あり", "false": "なし"}
DONE = {"true": "済み", "false": "まだ"}
ABLE = {"true": "できる", "false": "できない"}


@dataclass(frozen=True)
class Wording:
    """How the PC says a value to people, where it is not as wanted.

    ``at`` is what of the state is shown, names with dots; the field's own name where it is empty.
    ``words`` are the words for a value, ``unit`` what stands behind a number, ``bound`` what stands
    behind what is wanted (以上, 以外 …), ``lead`` before it; ``join`` is between several. ``form``:
    `count` shows how many there are, `positive` how many are above 0, `result` a code of Windows,
    `day` a day (yyyymmdd), `minutes` those of seconds, `digits` nothing but digits, `first` the first one, `set` only whether it
    is. ``always``, of what is found and no step asks for: what it has to be all the same, the first
    one shown.
    """

    at: str = ""
    words: Mapping[str, str] = dataclass_field(default_factory=dict)
    unit: str = ""
    bound: str = ""
    lead: str = ""
    join: str = ""
    form: Literal["", "count", "positive", "result", "day", "digits", "first", "set", "minutes"] = (
        ""
    )
    always: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Field:
    """One field of a kind's data.

    ``meaning`` says what it is, of a list or an object also what is in it; ``unit`` how it is
    written. ``sometimes``: what is found has it only where there is something to tell, so that its
    absence tells something too. ``ours``, of what is found: part of what our change left behind;
    once it is another one, others have been there, and rolling back leaves the thing alone. Of a
    list or an object whose entries are told apart, only those that we changed are. A field that is
    not ours goes back too, but where others changed it since.
    ``label`` is what people call it, and ``wording`` how its values are said to them: of each field
    that may be wanted, and of those found that explain why something is not as wanted.
    """

    name: str
    meaning: str
    unit: str = ""
    sometimes: bool = False
    ours: bool = False
    label: str = ""
    wording: Wording = Wording()

    def as_said(self) -> dict[str, Any]:
        """What the PC needs to say it, as plain data: only what is given."""
        wording = {key: value for key, value in vars(self.wording).items() if value}
        return {"name": self.name, "label": self.label} | wording


@dataclass(frozen=True)
class Kept:
    """A secret that a kind leaves on the PC, where it cannot be read back and compared.

    ``where`` it is kept, ``refusal``: which outcome says that it is not the right one, or not any
    more. That it is there says nothing of it.
    """

    where: str
    refusal: str


SAID = (
    Field("message", "what people are told about it: why it is not as wanted, or what is there"),
    Field("warning", "what people are told although all is as wanted"),
)
"""What any kind may find besides its own fields. Never compared: each version may word it anew."""

INSTEAD = (
    Field("unknown", "why it cannot be known now"),
    Field("not-applicable", "why this PC has no such thing"),
)
"""What any kind may find instead, alone: there is nothing to compare."""


@dataclass(frozen=True)
class Kind:
    """The Python half of a kind; ``templates/ps1/<subject>/<name>.ps1`` is the other.

    ``about`` says which thing of Windows it is, ``source`` where its form is documented or who asks
    for it. ``target`` are the fields that name the thing, ``wanted`` those of which any may be
    asked, ``found`` what Get finds. ``scopes`` are the passes in which it works. ``waits``: only a
    person can make it so, and the launcher goes on afterwards. ``keeps``: the secrets that setting
    leaves on the PC. ``thing`` is what people call it, and ``remedy`` what they do where it is not
    as wanted and the PC does not set it. ``cause`` is why it most often is another than it was set.
    """

    name: str
    about: str
    target: tuple[Field, ...]
    wanted: tuple[Field, ...]
    found: tuple[Field, ...]
    source: str = ""
    scopes: tuple[Scope, ...] = ("machine", "user")
    waits: bool = False
    keeps: tuple[Kept, ...] = ()
    thing: str = ""
    remedy: str = ""
    cause: str = ""

    @property
    def changes(self) -> bool:
        """Whether a step may apply it: the PC makes it so, or a person does. Else it only looks."""
        return self.waits or any(field.ours for field in self.found)

    def action(self, target: Mapping[str, Any], wanted: Mapping[str, Any] | None) -> Action:
        """An action of this kind. Raises ValueError for a field that the kind does not declare."""
        unknown = (set(target) ^ names(self.target)) | (set(wanted or {}) - names(self.wanted))
        if unknown:
            raise ValueError(f"kind {self.name}: fields {sorted(unknown)}")
        return Action(self.name, target, wanted)

    def as_said(self) -> dict[str, Any]:
        """What the PC needs to say in words how something is not as wanted: plain data."""
        wanted = names(self.wanted)
        besides = (field for field in self.found if field.label and field.name not in wanted)
        return {
            "thing": self.thing,
            "remedy": self.remedy,
            "cause": self.cause,
            "fields": [field.as_said() for field in self.wanted],
            "besides": [field.as_said() for field in besides],
        }

    def allows(self, how: How, scope: Scope) -> bool:
        """Whether a step of this kind can be done so, in that pass."""
        return scope in self.scopes and (how != "apply" or self.changes)


def names(fields: tuple[Field, ...]) -> set[str]:
    """What the fields are called."""
    return {field.name for field in fields}
