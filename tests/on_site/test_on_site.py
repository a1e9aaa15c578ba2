"""The engineer goes through a visit by the screen, refuses what it does not say, and harms nothing by playing badly."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from oqsgen.plan.visit import visit as numbers_of
from tests import PARTS
from tests.examples import EXAMPLES, example, plan_of, profiles_of
from tests.on_site.again import figures_of
from tests.on_site.engineer import Engineer, Manner, Paper, data, is_about
from tests.on_site.figures import figures
from tests.on_site.goals import above, bounds_of, goals_of, most_of, play_of
from tests.on_site.site import RefusedError, Site
from tests.on_site.visit import arrive, play, undo
from tests.pc.assemble import needs_pwsh
from tests.runtime.test_sign_off import counts
from tests.sealed import signer

pytestmark = needs_pwsh

PROFILE = example("smallest")[0]
FEW = {
    "oqscomapp-account",
    "oqscomapp-sign-in",
    "restart",
    "dns-router-ngn",
    "line-auth",
    "checklist",
}
"""Steps of each sort: done by the PC, seen by it, said by a person, printed; and a restart and a sign-in."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return arrive(PROFILE, signer(), tmp_path, steps=FEW)


def test_hands_are_known_for_whatever_an_example_asks_a_person_to_do() -> None:
    """Its kinds with a question of their own are answered."""
    hands = data("on_site_hands.yaml")["hands"]
    unknown = {
        step.title
        for path in EXAMPLES
        for profile in profiles_of(path)
        for step in plan_of(profile)
        if step.how in ("guided", "manual")
        and step.kind not in ("typed-code", "certificate-deadline")
        if not any(is_about(hand, f"――― {step.title} ―――\n  {step.what}") for hand in hands)
    }
    assert unknown == set()


def test_what_enter_says_of_no_step_is_answered_by_its_name() -> None:
    """What every step's question takes would look for something to do."""
    texts = [path.read_text("utf-8") for path in PARTS.rglob("*.ps1")]
    claims = {claim for text in texts for claim in re.findall(r"-Claim '([^']+)'", text)}
    assert claims >= {"終わった", "待たずに次へ"}
    asks = [entry["asks"] for entry in data("on_site_hands.yaml")["answers"]]
    by_name = asks[: asks.index("^Enter ")]
    for claim in claims:
        assert any(re.search(pattern, f"Enter {claim}  i 電話") for pattern in by_name), claim


def test_what_is_not_in_the_folder_cannot_be_opened(site: Site) -> None:
    with pytest.raises(RefusedError):
        site.open("4_始める.cmd")


def test_a_visit_by_the_screen_alone_costs_no_more_than_before() -> None:
    """What it should cost stands in on_site_goals.yaml. The other visits: python benchmarks/on_site.py FILE…"""
    clinic = example("clinic")[0]
    bounds = bounds_of("clinic OQS-01 0")
    # The window shows where results are: a name no longer than those of a PC.
    with TemporaryDirectory() as folder:
        visit = play(clinic, arrive(clinic, signer(), Path(folder)))
        assert not visit.lost
        assert visit.unseen == []
        numbers = figures(visit.diary)
        assert goals_of(play_of(clinic, 0, "")).keys() & numbers.keys() <= bounds.keys()
        assert above(numbers, bounds) == []
        assert in_order(
            next(text for text in visit.diary.screens if re.search("^11/24 ", text, re.M)),
            "デスクトップの「オンライン資格確認配信アプリケーション管理ツール」を開く",
            "設定の変更 → 接続する配信サーバー  配信拠点(推奨)",
            "設定の変更 → 高度な設定  「拡張パス」と「開発者向けコード」は空",
            "配信実績の確認 → 医療機関コード    1319999012",
            "配信サーバーへの接続確認  1分待って「接続成功」",
            "Enter 同じで接続成功",
        )
        signed = next(text for text in visit.diary.screens if "この番号が済むと" in text)
        assert counts(signed) == counts(visit.diary.screens[-1]) != []
        on_screen = marks(visit.diary.screens)
        on_sheet = {n.label: n.confirms for n in numbers_of(clinic, plan_of(clinic))}
        assert on_screen == {label: on_sheet[label] for label in on_screen}
        assert {*on_screen.values()} == {"pc", "person"} and len(on_screen) > 12


def in_order(screen: str, *texts: str) -> bool:
    """Whether a screen says these one after another, wherever its lines end."""
    squeezed = re.sub(r"\s", "", screen)
    places = [squeezed.find(re.sub(r"\s", "", text)) for text in texts]
    assert -1 not in places, screen
    return places == sorted(places)


def marks(screens: list[str]) -> dict[str, str]:
    """Who sees that each number is done, as its screens say it; a person where one of them asks a person."""
    marks_of: dict[str, str] = {}
    for screen in screens:
        for label, who in re.findall(
            r"^(\d+[a-z]?)/\d+ .*(PC が見ています|人が見て答えます)", screen, re.M
        ):
            if who == "人が見て答えます":
                marks_of[label] = "person"
            marks_of.setdefault(label, "pc")
    return marks_of


def test_what_runs_behind_ends_by_the_clock_alone(site: Site) -> None:
    there = r"C:\Program Files\OQS\OQSComApp\Version.info"
    engineer = Engineer(site, Paper((), {"account": "OqsComApp", "job": "new"}))
    (hand,) = (
        h for h in data("on_site_hands.yaml")["hands"] if "com-needed" in h.get("brings", ())
    )
    engineer.use(hand)
    begun = engineer.diary.now
    engineer.sync()
    assert there not in site.computer.machine["files"]
    engineer.wait_for_all()
    assert there in site.computer.machine["files"]
    assert engineer.diary.idle == engineer.diary.now - begun == 60
    assert site.computer.machine["now"] == "2026-11-21 12:32"


def test_after_bad_play_the_pc_goes_on_and_undoes(site: Site) -> None:
    before = site.computer.machine
    manner = Manner(seed=3, early=0.5, held=True, careless=0.4, uac=0.3, stick_out_at=2, cut_at=5)
    bad = play(PROFILE, site, manner)
    assert bad.diary.count("power cut") == bad.diary.count("stick out") == 1 and not bad.diary.early
    for careless in (
        Manner(always="s", seed=1),
        Manner(always="n", uac=0.5, seed=2),
        Manner(quit_at=0),
    ):
        bad = play(PROFILE, site, careless, before=bad)
        assert not bad.diary.finished and "line-auth" in bad.open_steps
    after = play(PROFILE, site, before=bad)
    assert not after.lost and after.diary.finished and after.open_steps == []
    site.sign_in("setup")
    assert undo(site) == 0
    machine = site.computer.machine
    assert machine["accounts"].pop("OqsComApp")["enabled"] is False
    assert machine["accounts"].keys() == before["accounts"].keys()


def test_what_is_missing_waits_alone_and_the_next_visit_begins_there(site: Site) -> None:
    """The stick was pulled out, and its results are brought. More: python benchmarks/on_site.py --obstacles FILE."""
    without = Manner(missing=frozenset(["line"]), stick_out=True)
    first = play(PROFILE, site, without)
    assert not first.lost and first.left_undone({"line"}) == []
    assert "line-auth" in first.open_steps and first.diary.count("stick out") == 1
    second = play(PROFILE, site, before=first)
    assert not second.lost and second.open_steps == []
    found = figures_of(second, first)
    assert found.keys() >= {"second visit: actions to the first open number"}
    assert above(found, goals_of(play_of(PROFILE, 0, ""))) == []
    home = "Users/OqsComApp/AppData/Local/oqsgen/results"
    there = "stick/results/1319999012_OQS-01"
    names = [
        {path.name for path in site.computer.folder.glob(f"{folder}/*_OqsComApp")}
        for folder in (home, there)
    ]
    assert names[0] == names[1] != set()


@pytest.mark.parametrize(
    ("said", "manner", "why"),
    [
        ("番の組", Manner(), "no answer is known"),
        (
            "許可が得られませんでした",
            Manner(uac=1, always="s"),
            "does not say what comes next",
        ),
    ],
)
def test_what_the_screen_does_not_say_is_refused(
    site: Site, said: str, manner: Manner, why: str
) -> None:
    texts = site.computer.script().parent / "launcher.txt"
    texts.write_text(texts.read_text("utf-8-sig").replace(said, "さて"), "utf-8-sig")
    visit = play(PROFILE, site, manner)
    assert why in visit.lost and not visit.diary.finished
    assert visit.unseen


def test_a_figure_above_its_goal_or_bound_is_found() -> None:
    two = play_of(example("clinic")[0], 2, "clinic OQS-01 2")
    most = goals_of(two)
    assert (most["restarts"], most["minutes of the visit"], most["launchers opened"]) == (3, 140, 2)
    assert above({"restarts": 4, "lines": 25, "minutes until usable": None}, most) == [
        "restarts: 4 > 3",
        "minutes until usable: None > 75",
    ]
    assert above({"questions": 21, "lines": 99}, most_of(two)) == []
    assert above({"questions": 22}, most_of(two)) == ["questions: 22 > 21.6"]
    assert goals_of(play_of(example("update-west")[0], 0, ""))["pages of the sheet"] == 1
