"""What ``check`` says of a visit that is being prepared."""

from typing import Any

from oqsgen.clinic.model import Ready
from oqsgen.plan.plan import make_plan
from oqsgen.plan.ready import readiness
from oqsgen.plan.visit import left_without, visit
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


def test_minutes_are_those_of_the_numbers_that_are_counted() -> None:
    """Where one part of a number waits, the number is not counted, nor are the minutes of its other parts."""
    of_the_day = [
        number for number in visit(PROFILE, make_plan(PROFILE)) if number.id != "next-day"
    ]
    missing = next(row["without"] for row in spec("visit")["ready"] if row["id"] == "card")
    put_off = {number.label for number in left_without(of_the_day, missing)}
    assert {"20a", "20b", "20c"} - put_off == {"20c"}
    minutes = sum(number.minutes for number in of_the_day if number.whole != "20")
    assert f"{DAY - 1}（{minutes} 分）" in said({**ALL, "card": False})


def test_all_there_and_only_one() -> None:
    line = said(ALL)
    assert line.startswith(f"訪問の準備: 12 のうち 12。今日できるのは {DAY} のうち {DAY}")
    assert "12 のうち 1。" in said({"pc": True})
