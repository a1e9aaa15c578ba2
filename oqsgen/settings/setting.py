"""What a setting is: one thing of this field that the tool sets or checks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from oqsgen.catalogue import row, with_shaping
from oqsgen.documents import cite
from oqsgen.kinds import Action
from oqsgen.site import Site
from oqsgen.step import Scope, Step, Who

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Setting:
    """One declaration: the rows that it covers, how it is set, and its values.

    The setting stands where its first row stands. It applies where one of ``rows`` applies and
    ``action`` gives an action. What the checklist says comes from the first row that applies;
    ``title``, ``what``, ``check`` and ``values`` stand here where several rows are one setting, or
    where the site decides them.
    """

    id: str
    rows: tuple[str, ...]
    action: Callable[[Site], Action | None]
    scope: Scope = "machine"
    who: Who = "administrator"
    how: Literal["apply", "verify"] = "apply"
    title: str | None = None
    what: str | None = None
    check: str | None = None
    values: Callable[[Site], Values] | None = None
    secrets: tuple[str, ...] = ()
    restart: bool = False

    def step(self, site: Site) -> Step | None:
        """This setting as a step for ``site``; None where it does not apply."""
        covered = [row(name) for name in self.rows if row(name).applies_to(site.facts)]
        action = self.action(site) if covered else None
        if action is None:
            return None
        first = covered[0]
        applies = self.how == "apply" and "audit" not in site.facts
        return Step(
            id=self.id,
            kind=action.kind,
            scope=self.scope,
            who=self.who,
            how="apply" if applies else "verify",
            area=row(self.rows[0]).area,
            title=self.title or first.title,
            what=self.what or first.what,
            check=self.check or first.check,
            values=self.values(site) if self.values else first.values,
            requirements=with_shaping([r.id for r in covered], site.facts),
            source=tuple(dict.fromkeys(cite(s) for r in covered for s in r.source)),
            target=action.target,
            wanted=action.wanted,
            secrets=self.secrets if applies else (),
            restart=self.restart and applies,
        )
