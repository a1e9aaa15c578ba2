"""One step of a plan, as pure data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Scope = Literal["machine", "user"]
How = Literal["apply", "verify", "guided", "manual"]
Who = Literal["administrator", "oqscomapp", "everyone"]

HOW_JA: dict[How, str] = {"apply": "設定", "verify": "確認", "guided": "案内", "manual": "手作業"}
"""How a step is done, as people read it."""

WHO_JA: dict[Who, str] = {
    "administrator": "PC（管理者として）",
    "oqscomapp": "OqsComApp のサインイン",
    "everyone": "OqsComApp と職員のアカウント、それぞれのサインイン",
}
"""Where a step is done, as people read it."""


class Given(NamedTuple):
    """Something that the PC hands over, for a field of another program.

    ``secret``: the name under which the pass knows it, in the place of a value. ``of``: the label of the value that it belongs to; it
    goes with that where another terminal has done it, or the PC sees that it is there.
    """

    label: str
    value: str = ""
    secret: str = ""
    of: str = ""

    def as_json(self) -> dict[str, str]:
        """Without what is empty."""
        return {name: text for name, text in self._asdict().items() if text}


@dataclass(frozen=True)
class Step:
    """One thing to do or to check on the PC.

    ``target`` says which thing of Windows is meant and never how it should be: it names the thing
    in the PC's journal, so two bundles that touch the same thing give the same target. ``wanted``
    is the state that it should have; None wants its absence. ``values`` are the exact values that
    a person types or compares, each with its label. ``source`` are printed pages. ``drops_network``:
    the line is away for a moment, so this change comes after all others. ``as_of`` is the day (or
    month) for which the sources give the values, where they say it. ``after`` are ids of user
    steps of OqsComApp that have to be done before this machine step. ``overrules`` are what the PC
    looks at besides, since it may overrule the state (``oqsgen/plan/overrules.py``). ``own``: which
    values of the PC's own stay in the place of a proposed one (``oqsgen/plan/own.py``). ``claim``: what a
    person says with Enter, where that is more than that it is done. ``gives``: what the PC hands over while a
    person does it, in the order in which fields of another program ask for it. ``sign``: what appears on the PC once a
    person has done what only a person sees: ``what`` comes into a ``folder``, or ``what`` begins to answer (``kind``,
    ``target``, ``wanted``). ``left_out``: this
    clinic does not do it, on purpose.
    """

    id: str
    kind: str
    who: Who
    how: How
    area: str
    title: str
    what: str
    check: str = ""
    claim: str = ""
    values: tuple[tuple[str, str], ...] = ()
    requirements: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    as_of: str | None = None
    target: Mapping[str, Any] | None = None
    wanted: Mapping[str, Any] | None = None
    secrets: tuple[str, ...] = ()
    restart: bool = False
    drops_network: bool = False
    after: tuple[str, ...] = ()
    overrules: tuple[Mapping[str, Any], ...] = ()
    own: Mapping[str, Any] | None = None
    open: str | None = None
    gives: tuple[Given, ...] = ()
    sign: Mapping[str, Any] | None = None
    left_out: bool = False

    @property
    def scope(self) -> Scope:
        """The pass in which it is done: what an administrator does is of the whole machine."""
        return "machine" if self.who == "administrator" else "user"

    def as_json(self) -> dict[str, Any]:
        """Plain data for ``oqsgen plan --format json`` and for the script's plan."""
        return {
            "id": self.id,
            "kind": self.kind,
            "scope": self.scope,
            "who": self.who,
            "how": self.how,
            "area": self.area,
            "title": self.title,
            "what": self.what,
            "check": self.check,
            "values": [{"label": label, "value": value} for label, value in self.values],
            "requirements": list(self.requirements),
            "source": list(self.source),
            "asOf": self.as_of,
            "target": self.target,
            "wanted": self.wanted,
            "secrets": list(self.secrets),
            "restart": self.restart,
            "dropsNetwork": self.drops_network,
            "after": list(self.after),
            "overrules": [dict(overrule) for overrule in self.overrules],
            "open": self.open,
            **({"claim": self.claim} if self.claim else {}),
            **({"own": self.own} if self.own else {}),
            **({"gives": [value.as_json() for value in self.gives]} if self.gives else {}),
            **({"sign": self.sign} if self.sign else {}),
            **({"leftOut": True} if self.left_out else {}),
        }
