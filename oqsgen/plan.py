"""From a site to its plan: the ordered steps for one terminal, as pure data."""

from collections.abc import Iterator, Mapping

from oqsgen.catalogue import Row, rows
from oqsgen.documents import cite
from oqsgen.kinds import KINDS, Action
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
    return {row.id: row.reason for row in rows() if row.how in ("plan", "note")}


def _steps_at(row: Row, site: Site, skipped: Mapping[str, str]) -> Iterator[Step]:
    for setting in SETTINGS:
        if setting.rows[0] != row.id:
            continue
        step = setting.step(site)
        if step is not None:
            reasons = [skipped[name] for name in step.requirements if name in skipped]
            yield _left_out(step, reasons[0]) if reasons else step
    if _stands_alone(row, site):
        step = _step_of(row)
        yield _left_out(step, skipped[row.id]) if row.id in skipped else step


def _stands_alone(row: Row, site: Site) -> bool:
    if row.how in ("plan", "note") or not row.applies_to(site.facts):
        return False
    covering = [setting for setting in SETTINGS if row.id in setting.rows]
    return all(setting.action(site) is None for setting in covering)


def _step_of(row: Row) -> Step:
    how, action = _how(row)
    return Step(
        id=row.id,
        kind=action.kind,
        scope=row.scope if how == "verify" else "user",
        who=row.who if how == "verify" or row.who != "administrator" else "oqscomapp",
        how=how,
        area=row.area,
        title=row.title,
        what=row.what,
        check=row.check,
        values=row.values,
        requirements=(row.id,),
        source=tuple(cite(source) for source in row.source),
        target=action.target if how == "verify" else None,
        wanted=action.wanted if how == "verify" else None,
        open=row.open,
    )


def _how(row: Row) -> tuple[How, Action]:
    """How a row becomes a step by itself: what the PC can see is verified, the rest is done by hand."""
    if row.verify is not None:
        kind = KINDS[row.verify["kind"]]
        return "verify", kind.action(row.verify["target"], row.verify["wanted"])
    how: How = "guided" if row.how == "guided" else "manual"
    return how, KINDS[how].action({}, None)


def _left_out(step: Step, reason: str) -> Step:
    return Step(
        id=step.id,
        kind="manual",
        scope="user",
        who="oqscomapp",
        how="manual",
        area=step.area,
        title=f"{step.title}（実施しない）",
        what=f"この施設では行いません。理由: {reason}",
        requirements=step.requirements,
        source=step.source,
    )
