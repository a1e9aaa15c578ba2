"""What ``check`` says of a visit that is being prepared."""

from typing import Any

from oqsgen.clinic.model import Ready
from oqsgen.plan.plan import make_plan
from oqsgen.plan.ready import readiness
from oqsgen.plan.visit import visit
from oqsgen.resources import spec
from tests.examples import example

PROFILE = example("clinic")[0]
DAY = len({n.whole for n in visit(PROFILE, make_plan(PROFILE)) if n.id != "next-day"})
ALL = {row["id"]: True for row in spec("visit")["ready"]}


def said(ready: dict[str, Any]) -> str:
    prepared = PROFILE.visit.model_copy(update={"ready": Ready.model_construct(**ready)})
    profile = PROFILE.model_copy(update={"visit": prepared})
    return readiness(profile, visit(profile, make_plan(profile)))


def test_what_is_missing_and_what_can_be_done_without_it() -> None:
    """The arithmetic of the hearing sheet: no registered mail, nobody with a card, no medium."""
    no = {name: False for name in ("registered_mail", "card", "medium")}
    assert said({**ALL, **no}) == (
        "訪問の準備: 12 のうち 9。まだ: 5 簡易書留、10 カードを持つ方、11 媒体 → "
        f"今日できるのは {DAY} のうち 11（48 分）"
    )


def test_all_there_and_only_one() -> None:
    line = said(ALL)
    assert line.startswith(f"訪問の準備: 12 のうち 12。今日できるのは {DAY} のうち {DAY}")
    assert "12 のうち 1。" in said({"pc": True})
