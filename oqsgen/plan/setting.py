"""What a setting is: one thing of this field that the tool sets, checks or shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import Row, row, with_notes, with_shaping
from oqsgen.manual.sources import cite
from oqsgen.plan.kind import BY_PERSON, Action
from oqsgen.plan.step import Given, How, Step, Who

Values = tuple[tuple[str, str], ...]
Text = str | Callable[[TerminalProfile], str]
"""A text, or what gives it for a terminal."""

ONLY_LOOKED_AT = "（確認のみ）"
THE_PC_LOOKS = "「確認」のとおりかどうかを、この PC が見ます。"


def by_person(_: TerminalProfile) -> Action:
    """The action of a setting that only a person can do or see."""
    return BY_PERSON


def sign_of(action: Action, what: str, when: str, then: str) -> dict[str, Any]:
    """The ``sign`` that ``what`` has come into the state of ``action``: ``（what）が（when）``, ``（what）が…に（then）``."""
    state = {"kind": action.kind, "target": action.target, "wanted": action.wanted}
    return state | {"what": what, "when": when, "then": then}


@dataclass(frozen=True)
class Setting:
    """One declaration: the rows that it covers, how it is set, and its values.

    The setting stands where its first row stands. It applies where one of ``rows`` applies and
    ``action`` gives an action. Who does it and how is what that row says; a setting that says
    otherwise gives its reason in ``unlike_row``. A ``guided`` setting is shown to the person, ``open`` is opened, and
    its action is what the PC checks afterwards. What the checklist says comes from the first row
    that applies; ``title``, ``what`` (with ``mends`` and ``looks``), ``check``, ``claim`` and ``values``
    stand here where several rows are one setting, one row is several, or the terminal decides them. ``drops_network`` is for a change after which the line
    is away for a moment: it is made after all others. ``after`` names rows that OqsComApp's own pass
    has to have done before, where it does them at all. ``as_of`` is the day of the data in
    ``specs/`` that the values come from. ``own`` says which values of the PC's own stay where the tool
    only proposes one (``oqsgen/plan/own.py``). ``gives``: what a person then puts into fields of another program, of the data that
    the values come from, in the order of the fields; the PC hands it over. ``sign`` says what appears on the PC where a person has
    done what only a person sees (``Step``).
    """

    id: str
    rows: tuple[str, ...]
    action: Callable[[TerminalProfile], Action | None]
    who: Who | None = None
    how: How | None = None
    unlike_row: str = ""
    title: str | None = None
    what: Text | None = None
    mends: str = ""
    looks: str = ""
    check: Text | None = None
    claim: Text | None = None
    values: Callable[[TerminalProfile], Values] | None = None
    secrets: tuple[str, ...] = ()
    restart: bool = False
    drops_network: bool = False
    after: tuple[str, ...] = ()
    open: str | None = None
    as_of: str | None = None
    own: Callable[[TerminalProfile], Mapping[str, Any] | None] | None = None
    gives: Callable[[TerminalProfile], Sequence[Given]] | None = None
    sign: Callable[[TerminalProfile], Mapping[str, Any] | None] | None = None

    def step(self, profile: TerminalProfile, action: Action | None) -> Step | None:
        """This setting as a step for ``profile``, where its action is ``action``.

        None where no row of it applies, or there is no action.
        """
        covered = [row(name) for name in self.rows if row(name).applies_to(profile.facts)]
        if action is None or not covered:
            return None
        stands_at = row(self.rows[0])
        who = self.who or stands_at.who
        full_how = self.how or _how_of(stands_at)
        how = how_in(full_how, action, profile.facts)
        applies = how == "apply"
        first = self._as_said_by(covered[0], profile)
        requirements = with_shaping([r.id for r in covered], profile.facts)
        title, what = said(first, full_how, how, requirements, profile.facts)
        return Step(
            id=self.id,
            kind=how if action.target is None else action.kind,
            who=who,
            how=how,
            area=stands_at.area,
            title=title,
            what=what,
            check=first.check,
            claim=first.claim if how in ("guided", "manual") else "",
            values=self.values(profile) if self.values else first.values,
            requirements=requirements,
            source=cited(covered),
            as_of=self.as_of or first.as_of,
            target=action.target,
            wanted=action.wanted,
            secrets=self.secrets if applies else (),
            restart=self.restart and applies,
            drops_network=self.drops_network and applies,
            after=self.after if who == "administrator" else (),
            own=self.own(profile) if self.own and applies else None,
            open=(self.open or first.open) if how == "guided" else None,
            gives=tuple(self.gives(profile)) if self.gives and how in ("guided", "manual") else (),
            sign=self.sign(profile) if self.sign and how in ("guided", "manual") else None,
        )

    def _as_said_by(self, first: Row, profile: TerminalProfile) -> Row:
        """The first row that applies, with the words of this setting in the place of its own."""
        if self.what:
            what = _text(self.what, profile)
            first = replace(first, what=what, mends=self.mends, looks=self.looks)
        check = _text(self.check or first.check, profile)
        claim = first.claim if self.claim is None else _text(self.claim, profile)
        return replace(first, title=self.title or first.title, check=check, claim=claim)


def _text(text: Text, profile: TerminalProfile) -> str:
    return text if isinstance(text, str) else text(profile)


def _how_of(row: Row) -> How:
    """How a row is done. Raises ValueError for a row that yields no step of its own."""
    if row.how == "plan" or row.how == "note":
        raise ValueError(f"row {row.id} yields no step: a setting that begins there has to say how")
    return row.how


def how_in(how: How, action: Action, facts: frozenset[str]) -> How:
    """How a step is done where these facts hold: an audit changes nothing and guides nobody."""
    if "audit" not in facts or how in ("verify", "manual"):
        return how
    return "manual" if action.target is None else "verify"


def said(
    row: Row, full_how: How, how: How, requirements: Sequence[str], facts: frozenset[str]
) -> tuple[str, str]:
    """Title and text of a step whose words are those of ``row``, in full done as ``full_how``, here as ``how``.

    In an audit: what is looked at, and nothing that is made, set or mended.
    """
    if "audit" not in facts:
        return row.title, with_notes(row.what + row.mends, requirements)
    looks = row.looks or (THE_PC_LOOKS if full_how != how == "verify" else "")
    if looks:
        return row.title + ONLY_LOOKED_AT, looks
    return row.title, with_notes(row.what, requirements)


def cited(rows: list[Row]) -> tuple[str, ...]:
    """The printed pages of some rows, each once."""
    return tuple(dict.fromkeys(cite(source) for r in rows for source in r.source))
