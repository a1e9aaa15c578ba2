"""What a setting is: one thing of this field that the tool sets or checks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from oqsgen.catalogue import row
from oqsgen.documents import cite
from oqsgen.kinds import Action
from oqsgen.site import Site
from oqsgen.step import Scope, Step, Who

Values = tuple[tuple[str, str], ...]


def _no_values(_: Site) -> Values:
    return ()


@dataclass(frozen=True)
class Setting:
    """One declaration: the rows that it covers, its text, and how it is set.

    The setting stands where its first row stands. It applies where one of ``rows`` applies and
    ``action`` gives an action; ``shaped_by`` are rows that decide about it without being done by
    it. ``values`` are the values that the checklist prints.
    """

    id: str
    rows: tuple[str, ...]
    title: str
    what: str
    check: str
    action: Callable[[Site], Action | None]
    scope: Scope
    who: Who
    how: Literal["apply", "verify"] = "apply"
    shaped_by: tuple[str, ...] = ()
    values: Callable[[Site], Values] = _no_values
    secrets: tuple[str, ...] = ()
    restart: bool = False

    def step(self, site: Site) -> Step | None:
        """This setting as a step for ``site``; None where it does not apply."""
        covered = [row(name) for name in self.rows if row(name).applies_to(site.facts)]
        action = self.action(site) if covered else None
        if action is None:
            return None
        shaping = [row(name) for name in self.shaped_by if row(name).applies_to(site.facts)]
        applies = self.how == "apply" and "audit" not in site.facts
        return Step(
            id=self.id,
            kind=action.kind,
            scope=self.scope,
            who=self.who,
            how="apply" if applies else "verify",
            area=row(self.rows[0]).area,
            title=self.title,
            what=self.what,
            check=self.check,
            values=self.values(site),
            requirements=tuple(r.id for r in (*covered, *shaping)),
            source=tuple(dict.fromkeys(cite(s) for r in covered for s in r.source)),
            target=action.target,
            wanted=action.wanted,
            secrets=self.secrets if applies else (),
            restart=self.restart and applies,
        )
