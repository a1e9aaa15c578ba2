"""Whether a visit is worth going: which rows of the hearing sheet's last page are still open, and what can be done without them."""

from collections.abc import Sequence

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.visit import Number, left_without
from oqsgen.resources import spec

NEXT_DAY = "next-day"
"""The number that is looked at the morning after, whatever is there."""


def readiness(profile: TerminalProfile, numbers: Sequence[Number]) -> str:
    """``visit.ready`` in one line, with the numbers of the day that can be done."""
    ready = profile.visit.ready
    rows = list(enumerate(spec("visit")["ready"], start=1))
    open_rows = [(number, row) for number, row in rows if not getattr(ready, row["id"])]
    missing = {name for _, row in open_rows for name in row["without"]}
    of_the_day = [number for number in numbers if number.id != NEXT_DAY]
    counted = {number.whole for number in of_the_day}
    possible = counted - {number.whole for number in left_without(of_the_day, missing)}
    still = "、".join(f"{number} {row['short']}" for number, row in open_rows)
    return (
        f"訪問の準備: {len(rows)} のうち {len(rows) - len(open_rows)}。"
        + (f"まだ: {still} → " if still else "")
        + f"今日できるのは {len(counted)} のうち {len(possible)}"
        + f"（{sum(number.minutes for number in of_the_day if number.whole in possible)} 分）"
    )
