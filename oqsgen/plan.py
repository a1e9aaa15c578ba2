"""From a site to its plan: the ordered steps for one terminal, as pure data."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from oqsgen.catalogue import Row, rows, with_shaping
from oqsgen.documents import cite
from oqsgen.kinds import KINDS
from oqsgen.settings import SETTINGS
from oqsgen.site import Site
from oqsgen.step import How, Step

__all__ = ["Step", "make_plan"]


def make_plan(site: Site) -> tuple[Step, ...]:
    """Every step for ``site`` in the manual's order.

    A setting stands at its first row; a row that no setting covers is a step of its own, unless
    it only shapes others or is a note.
    """
    skipped = {skip.id: skip.reason for skip in site.skip}
    return tuple(step for row in rows() for step in _steps_at(row, site, skipped))


def uncovered_rows() -> dict[str, str]:
    """Row id → why no step of its own comes of it, for the rows of which none can come."""
    return {
        row.id: row.reason or f"{len(row.shapes)} 件の手順の有無と順序を決める"
        for row in rows()
        if row.how in ("plan", "note")
    }


def _steps_at(row: Row, site: Site, skipped: Mapping[str, str]) -> Iterator[Step]:
    for setting in SETTINGS:
        if setting.rows[0] != row.id:
            continue
        step = setting.step(site)
        if step is not None:
            reasons = [skipped[name] for name in step.requirements if name in skipped]
            yield _left_out(step, reasons[0]) if reasons else step
    if _stands_alone(row, site):
        for step in _steps_of(row, site.facts):
            yield _left_out(step, skipped[row.id]) if row.id in skipped else step


def _stands_alone(row: Row, site: Site) -> bool:
    if row.how in ("plan", "note") or not row.applies_to(site.facts):
        return False
    covering = [setting for setting in SETTINGS if row.id in setting.rows]
    return all(setting.action(site) is None for setting in covering)


def _steps_of(row: Row, facts: frozenset[str]) -> Iterator[Step]:
    """A row by itself: a person does it, or the PC looks; where it can, the PC looks afterwards."""
    by_person = row.how == "guided" or row.verify is None
    if by_person:
        how: How = "guided" if row.how == "guided" and "audit" not in facts else "manual"
        who = "oqscomapp" if row.who == "administrator" else row.who
        yield replace(
            _bare_step(row, facts), kind=how, scope="user", who=who, how=how, open=row.open
        )
    if row.verify is not None:
        action = KINDS[row.verify["kind"]].action(row.verify["target"], row.verify["wanted"])
        looking = replace(
            _bare_step(row, facts),
            kind=action.kind,
            target=action.target,
            wanted=action.wanted,
        )
        if by_person:
            looking = replace(
                looking,
                id=f"{row.id}-check",
                title=f"{row.title}の確認",
                what=row.check,
                check="",
                values=(),
            )
        yield looking


def _bare_step(row: Row, facts: frozenset[str]) -> Step:
    return Step(
        id=row.id,
        kind="manual",
        scope=row.scope,
        who=row.who,
        how="verify",
        area=row.area,
        title=row.title,
        what=row.what,
        check=row.check,
        values=row.values,
        requirements=with_shaping([row.id], facts),
        source=tuple(cite(source) for source in row.source),
    )


def _left_out(step: Step, reason: str) -> Step:
    """A step that this clinic leaves out on purpose: printed, with the reason, and done by nobody."""
    return replace(
        step,
        kind="manual",
        scope="user",
        who="oqscomapp",
        how="manual",
        title=f"{step.title}（実施しない）",
        what=f"この施設では行いません。理由: {reason}",
        check="",
        values=(),
        target=None,
        wanted=None,
        secrets=(),
        restart=False,
        open=None,
    )
