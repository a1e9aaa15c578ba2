"""Times that the tool proposes keep every rule that it checks."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from oqsgen.clinic import schedule

OPENINGS = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda t: t[0] < t[1])
SEEDS = st.from_regex("[0-9]{10}/[A-Z0-9-]{1,15}", fullmatch=True)


@given(seed=SEEDS, hours=OPENINGS, update=st.none() | st.just("proposed") | st.integers(0, 23))
def test_a_proposed_restart_keeps_the_rules(
    seed: str, hours: tuple[int, int], update: schedule.Update
) -> None:
    opening, closing = hours
    if isinstance(update, int):
        update *= 60
    reboot = schedule.propose_reboot(seed, opening, closing, update)
    assert reboot == schedule.propose_reboot(seed, opening, closing, update)
    if reboot is None:
        return
    assert not opening <= reboot <= closing
    assert not (closing == 1440 and reboot == 0)
    assert not 230 <= reboot <= 250
    assert reboot % 5
    if update == "proposed":
        hour = schedule.propose_update(reboot, opening)
        assert hour is not None
        update = hour * 60
    if update is not None:
        assert schedule.follows(update, reboot, opening)
        assert not opening <= update <= closing


@given(seed=SEEDS, opening=st.integers(6 * 60, 600), closing=st.integers(16 * 60, 1440))
def test_an_ordinary_clinic_restarts_in_the_small_hours(
    seed: str, opening: int, closing: int
) -> None:
    reboot = schedule.propose_reboot(seed, opening, closing, "proposed")
    assert reboot is not None and 30 <= reboot <= 330
    hour = schedule.propose_update(reboot, opening)
    assert hour is not None and hour * 60 < opening


def test_restarts_are_spread_over_clinics() -> None:
    times = Counter(
        schedule.propose_reboot(f"13{n:08}/OQS-01", 540, 1110, "proposed") for n in range(4000)
    )
    assert len(times) > 200
    assert max(times.values()) < 50


def test_around_the_clock_nothing_fits() -> None:
    assert schedule.propose_reboot("x", 0, 1440, None) is None


@given(hours=OPENINGS)
def test_proposed_active_hours_cover_the_opening(hours: tuple[int, int]) -> None:
    opening, closing = hours
    start, end = schedule.propose_active_hours(opening, closing)
    assert 0 <= start <= 23 and 0 <= end <= 23
    assert schedule.length(start, end) <= 18
    if closing - opening <= 17 * 60:
        assert schedule.covers(start, end, opening, closing)


def test_the_manuals_example_of_active_hours() -> None:
    assert schedule.propose_active_hours(9 * 60, 19 * 60) == (8, 20)


def test_follows_wraps_midnight() -> None:
    assert schedule.follows(60, 23 * 60 + 56, 540)
    assert not schedule.follows(23 * 60, 23 * 60 + 56, 540)
    assert not schedule.follows(540, 60, 540)
    assert not schedule.follows(60, 60, 540)


def test_edges_of_the_rules() -> None:
    edges = {"03:49": False, "03:50": True, "04:10": True, "04:11": False}
    assert {t: schedule.is_congested(schedule.minutes(t)) for t in edges} == edges
    assert schedule.is_open(540, 540, 1110) and schedule.is_open(1110, 540, 1110)
    assert not schedule.is_open(539, 540, 1110) and not schedule.is_open(1111, 540, 1110)
    assert schedule.is_open(0, 540, 1440)
