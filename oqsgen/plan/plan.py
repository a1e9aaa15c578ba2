"""From a profile to its plan: the ordered steps for one terminal, as pure data.

Only downwards: the rows in their order, the settings that stand at each, the steps of those that apply.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import Row, rows_for, with_shaping
from oqsgen.plan.kind import BY_PERSON, Action
from oqsgen.plan.overrules import overrules_of
from oqsgen.plan.setting import ONLY_LOOKED_AT, Setting, cited, how_in, said
from oqsgen.plan.step import How, Step
from oqsgen.subjects import KINDS, SETTINGS

Actions = Mapping[str, Action | None]
"""Setting id → what each setting does on one terminal; each is asked once."""


def make_plan(profile: TerminalProfile) -> tuple[Step, ...]:
    """Every step for ``profile`` in the order of its work: the manual's, but for ``specs/order.yaml``.

    A setting stands at its first row. A row is a step of its own where no setting has an action for it
    on this terminal; ``plan`` and ``note`` rows never are. Raises ValueError where a kind does not
    allow a step's ``how`` or scope.
    """
    actions = {setting.id: setting.action(profile) for setting in SETTINGS}
    steps = [step for row in rows_for(profile.facts) for step in _steps_at(row, profile, actions)]
    steps = [replace(step, after=_before(step, steps)) if step.after else step for step in steps]
    steps = [_with_checks(_allowed(step), profile, actions) for step in steps]
    return tuple(_with_overrules(step) for step in steps)


def _with_overrules(step: Step) -> Step:
    """A step that the PC looks at, with what may overrule its state."""
    overrules = overrules_of(Action(step.kind, step.target, step.wanted))
    return replace(step, overrules=overrules) if overrules else step


def _allowed(step: Step) -> Step:
    if not KINDS[step.kind].allows(step.how, step.scope):
        raise ValueError(f"step {step.id}: no {step.how} of kind {step.kind} in {step.scope} scope")
    return step


def _with_checks(step: Step, profile: TerminalProfile, actions: Actions) -> Step:
    """A step whose target has ``checks`` that name settings: each one's step, kind, target and wanted.

    A check goes whose setting has nothing to do on this terminal, or is left out there.
    """
    if step.target is None or "checks" not in step.target:
        return step
    checks = []
    for check in step.target["checks"]:
        action = actions[check["setting"]]
        rows_of_it = _by_id()[check["setting"]].rows
        if action is not None and profile.left_out.keys().isdisjoint(rows_of_it):
            looked_at = {"kind": action.kind, "target": action.target, "wanted": action.wanted}
            named = {"title": check["title"], "step": check["setting"]}
            rest = {key: check[key] for key in ("remedy", "byPerson") if key in check}
            checks.append({**named, **looked_at, **rest})
    return replace(step, target={**step.target, "checks": checks})


@cache
def _by_id() -> dict[str, Setting]:
    return {setting.id: setting for setting in SETTINGS}


def _before(step: Step, steps: list[Step]) -> tuple[str, ...]:
    """The steps that do the rows named by ``after``; what no step of OqsComApp does is no order."""
    return tuple(
        earlier.id
        for earlier in steps
        if earlier.scope == "user"
        and earlier.how in ("apply", "guided")
        and not set(step.after).isdisjoint(earlier.requirements)
    )


def _steps_at(row: Row, profile: TerminalProfile, actions: Actions) -> Iterator[Step]:
    skipped = profile.left_out
    for setting in _standing_at().get(row.id, ()):
        step = setting.step(profile, actions[setting.id])
        if step is not None:
            step = replace(step, area=row.area)
            reasons = [skipped[name] for name in step.requirements if name in skipped]
            yield _left_out(step, reasons[0]) if reasons else step
    if _stands_alone(row, profile, actions):
        step = _step_of(row, profile.facts)
        yield _left_out(step, skipped[row.id]) if row.id in skipped else step


@cache
def _standing_at() -> dict[str, list[Setting]]:
    """Row id → the settings that stand there."""
    by_row: dict[str, list[Setting]] = {}
    for setting in SETTINGS:
        by_row.setdefault(setting.rows[0], []).append(setting)
    return by_row


@cache
def _covering() -> dict[str, list[str]]:
    """Row id → ids of the settings that cover it."""
    by_row: dict[str, list[str]] = {}
    for setting in SETTINGS:
        for row_id in setting.rows:
            by_row.setdefault(row_id, []).append(setting.id)
    return by_row


def _stands_alone(row: Row, profile: TerminalProfile, actions: Actions) -> bool:
    if row.how in ("plan", "note") or not row.applies_to(profile.facts):
        return False
    return all(actions[id_] is None for id_ in _covering().get(row.id, ()))


def _step_of(row: Row, facts: frozenset[str]) -> Step:
    """A row by itself: a person does it, or the PC looks; where it can, the PC looks afterwards."""
    action = BY_PERSON
    if row.verify is not None:
        action = KINDS[row.verify["kind"]].action(row.verify["target"], row.verify["wanted"])
    without_person: How = "manual" if row.verify is None else "verify"
    full_how: How = "guided" if row.how == "guided" else without_person
    how = how_in(full_how, action, facts)
    by_person = how in ("guided", "manual")
    requirements = with_shaping([row.id], facts)
    title, what = said(row, full_how, how, requirements, facts)
    return Step(
        id=row.id,
        kind=how if row.verify is None else action.kind,
        who="oqscomapp" if by_person and row.who == "administrator" else row.who,
        how=how,
        area=row.area,
        title=title,
        what=what,
        check=row.check,
        claim=row.claim,
        values=row.values,
        requirements=requirements,
        source=cited([row]),
        as_of=row.as_of,
        target=action.target,
        wanted=action.wanted,
        open=row.open if how == "guided" else None,
    )


def _left_out(step: Step, reason: str) -> Step:
    """A step that this clinic leaves out on purpose: printed, with the reason, and done by nobody."""
    return replace(
        step,
        kind="manual",
        who="oqscomapp",
        how="manual",
        title=f"{step.title.removesuffix(ONLY_LOOKED_AT)}（実施しない）",
        what=f"この施設では行いません。理由: {reason}",
        check="",
        claim="",
        values=(),
        target=None,
        wanted=None,
        secrets=(),
        restart=False,
        drops_network=False,
        after=(),
        open=None,
        gives=(),
        sign=None,
        left_out=True,
    )
