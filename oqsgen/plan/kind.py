"""What a kind is: a way of setting or reading one sort of thing of Windows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from oqsgen.plan.step import Scope


@dataclass(frozen=True)
class Action:
    """One use of a kind: which thing (``target``) and how it should be (``wanted``, None = absent).

    Both are JSON data. ``target`` names the thing in the PC's journal, so it never says how the
    thing should be; it is None for what the PC cannot see.
    """

    kind: str
    target: Mapping[str, Any] | None
    wanted: Mapping[str, Any] | None


@dataclass(frozen=True)
class Kind:
    """The Python half of a kind; ``templates/ps1/<subject>/<name>.ps1`` is the other.

    ``target`` and ``wanted`` are the field names that its data may have; ``changes`` is False for
    a kind that only reads.
    """

    name: str
    scopes: frozenset[Scope]
    target: frozenset[str]
    wanted: frozenset[str]
    changes: bool = True

    def action(self, target: Mapping[str, Any], wanted: Mapping[str, Any] | None) -> Action:
        """An action of this kind. Raises ValueError for a field that the kind does not know."""
        unknown = (set(target) ^ self.target) | (set(wanted or {}) - self.wanted)
        if unknown:
            raise ValueError(f"kind {self.name}: fields {sorted(unknown)}")
        return Action(self.name, target, wanted)


def kind(name: str, scopes: str, *, target: str, wanted: str, changes: bool = True) -> Kind:
    """A kind, its names given as blank-separated words."""
    return Kind(
        name,
        frozenset(scopes.split()),  # type: ignore[arg-type]
        frozenset(target.split()),
        frozenset(wanted.split()),
        changes,
    )
