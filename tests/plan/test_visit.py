"""The numbers of a visit: every step of a person has one, and what is missing leaves open what depends on it."""

import re
from collections import Counter
from typing import Any, get_args

import pytest

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.model import Mode, Ready
from oqsgen.manual.rows import rows
from oqsgen.plan.visit import Number, entries, left_without, visit, with_followers
from oqsgen.resources import spec
from oqsgen.subjects import KINDS, SETTINGS
from tests.examples import EXAMPLES, FOLDER, bundle_of, example, plan_in, plan_of, profiles_of, read
from tests.pc.columns import width

WORDS: dict[str, Any] = spec("visit")
MODES: tuple[str, ...] = get_args(Mode)
TERMINALS = [
    pytest.param(profile, id=f"{path.stem}-{profile.terminal.name}")
    for path in EXAMPLES
    for profile in profiles_of(path)
]
COLUMNS = 52
"""Of a screen's first line, left of the clinic and the terminal."""


LISTED = 44
"""Of a line of what is left, before whose it is (``Format-LeftNumber``)."""


def numbers_of(profile: TerminalProfile) -> tuple[Number, ...]:
    return visit(profile, plan_of(profile))


CLINIC = numbers_of(example("clinic")[0])
BY_HAND = tuple(number for number in CLINIC if number.id != "next-day")
"""What is done on the day itself."""


def labels(numbers: tuple[Number, ...]) -> list[str]:
    return [number.label for number in numbers]


def minutes(numbers: tuple[Number, ...]) -> int:
    return sum(number.minutes for number in numbers)


# The data


@pytest.mark.parametrize("mode", MODES)
def test_what_a_number_names_is_a_step(mode: str) -> None:
    named = Counter(step for entry in entries(mode) for step in entry.steps)
    # Where there is 回線認証, nothing of the closed network answers before it; and what comes before the tests, before the first.
    assert {step for step, times in named.items() if times > 1} <= {"line-up", "test-login-user"}
    assert named.keys() <= {s.id for s in SETTINGS} | {row.id for row in rows()}
    assert sum(entry.rest for entry in entries(mode)) == 1
    assert all(entry.steps or entry.goes_on for entry in entries(mode))


@pytest.mark.parametrize("mode", MODES)
def test_a_number_needs_earlier_ones(mode: str) -> None:
    before: set[str] = set()
    for entry in entries(mode):
        assert {*entry.needs, *filter(None, [entry.goes_on])} <= before, entry.id
        assert entry.id not in before
        before.add(entry.id)


@pytest.mark.parametrize("mode", MODES)
def test_what_depends_on_a_number_that_may_wait_may_wait_too(mode: str) -> None:
    by_id = {entry.id: entry for entry in entries(mode)}
    for entry in by_id.values():
        assert entry.later or not any(by_id[name].later for name in entry.needs), entry.id


@pytest.mark.parametrize("mode", MODES)
def test_words_and_parts(mode: str) -> None:
    for entry in entries(mode):
        assert {later.who for later in entry.later} <= WORDS["owners"].keys(), entry.id
        assert set(entry.outside) <= WORDS["outside"].keys(), entry.id
        assert set(entry.each_terminal) <= set(entry.steps), entry.id
        assert entry.per == "clinic" or not entry.each_terminal, entry.id
        assert set(entry.trouble) <= set(entry.steps), entry.id
        assert ("{person}" in entry.title) == (entry.per == "person"), entry.id
        assert not entry.later or entry.later[-1].when == {}, "somebody does it on every terminal"


def test_what_is_there_once_for_a_clinic_sets_nothing_on_a_terminal_alone() -> None:
    """A second terminal leaves such a number out but for `each_terminal`, so nothing of its own may be in the rest."""
    for path in EXAMPLES:
        for profile in profiles_of(path):
            steps = {step.id: step for step in plan_of(profile)}
            for number in numbers_of(profile):
                if number.per == "clinic" and profile.job.mode in ("new", "succession"):
                    shared = [steps[id] for id in number.steps if id not in number.each_terminal]
                    applied = {step.id for step in shared if step.how == "apply"}
                    # A portal's password belongs to an account of the clinic.
                    assert applied <= {"portal-passwords"}, number.id


# The numbers of every example


@pytest.mark.parametrize("profile", TERMINALS)
def test_every_step_has_exactly_one_number(profile: TerminalProfile) -> None:
    numbers, steps = numbers_of(profile), plan_of(profile)
    done = [step for step in steps if profile.left_out.keys().isdisjoint(step.requirements)]
    # Each person's number is the same work once more.
    once = {number.id: number for number in numbers}.values()
    counted = Counter(id for number in once for id in number.steps)
    assert counted == Counter(step.id for step in done)
    named = {id for entry in entries(profile.job.mode) for id in entry.steps}
    for step in done:
        if step.how in ("guided", "manual") or KINDS[step.kind].waits:
            assert step.id in named, f"{step.id} of a person belongs to the PC's number"


@pytest.mark.parametrize("profile", TERMINALS)
def test_each_number_has_something_to_do_after_what_it_needs(profile: TerminalProfile) -> None:
    numbers = numbers_of(profile)
    goes_on = {entry.id for entry in entries(profile.job.mode) if entry.goes_on}
    order = labels(numbers)
    assert [int(re.sub("[a-z]$", "", label)) for label in dict.fromkeys(order)] == sorted(
        int(re.sub("[a-z]$", "", label)) for label in order
    )
    assert len(set(order)) == len(order)
    for number in numbers:
        assert number.steps or number.id in goes_on, number.id
        assert number.minutes > 0, number.id
        assert all(order.index(label) < order.index(number.label) for label in number.needs)


@pytest.mark.parametrize("profile", TERMINALS)
def test_a_step_has_no_earlier_number_than_what_it_comes_after(profile: TerminalProfile) -> None:
    numbers = [number.steps for number in numbers_of(profile)]
    at = {id: place for place, steps in reversed(list(enumerate(numbers))) for id in steps}
    for step in plan_of(profile):
        assert all(at[earlier] <= at[step.id] for earlier in step.after), step.id


@pytest.mark.parametrize("profile", TERMINALS)
def test_what_comes_before_the_tests_is_of_the_first_that_a_person_sees(
    profile: TerminalProfile,
) -> None:
    signs = {step.id for step in plan_of(profile) if step.sign}
    tests = [n.steps for n in numbers_of(profile) if any(id.startswith("test-") for id in n.steps)]
    seen = [n for n in tests if not signs & set(n) or "test-login-user" in n]
    assert "test-login-user" in seen[0] and sum("test-login-user" in n for n in tests) == 1


@pytest.mark.parametrize("profile", TERMINALS)
def test_the_words_fit_a_screen_of_code_page_932(profile: TerminalProfile) -> None:
    numbers = numbers_of(profile)
    for number in numbers:
        assert width(f"{number.label}/{numbers[-1].label}  {number.title}") <= COLUMNS
        number.title.encode("cp932")


def test_all_other_words_are_of_code_page_932() -> None:
    texts = [*WORDS["owners"].values(), *WORDS["outside"].values()]
    texts += [row[key] for row in WORDS["ready"] for key in ("title", "asks")]
    texts += [entry.part_of or "" for mode in MODES for entry in entries(mode)]
    for text in texts:
        text.encode("cp932")
        assert width(text) <= COLUMNS, text


def test_the_rest_of_a_left_out_step_has_no_number() -> None:
    left_out = [
        (profile, step.id)
        for path in EXAMPLES
        for profile in profiles_of(path)
        for step in plan_of(profile)
        if not profile.left_out.keys().isdisjoint(step.requirements)
    ]
    assert left_out
    for profile, id in left_out:
        assert all(id not in number.steps for number in numbers_of(profile))


def test_the_script_carries_the_numbers_and_the_visit() -> None:
    profile = example("clinic")[0]
    plan = plan_in(dict(bundle_of(profile, None).files)["terminal.ps1"])
    assert plan["numbers"] == [number.as_json() for number in CLINIC]
    router, updates = (n for n in plan["numbers"] if n["id"] in ("router-dns", "update-first"))
    assert (router["label"], router["later"]) == ("4", "設置担当かルーターのベンダー")
    assert (updates["later"], updates["wait"]) == ("今夜の再起動", 20)
    assert plan["visit"] == {"from": "2026-11-27 12:30", "until": "15:00", "witness": "事務長"}


# A new terminal, its numbers and what they depend on (clinic.yaml, OQS-01)


def test_a_new_terminal_has_24_numbers() -> None:
    assert [f"{number.label} {number.title}" for number in CLINIC] == [
        "1 通知書を見る",
        "2 つなぐ",
        "3 1_適用",
        "4 ルーターの DNS",
        "5 インストーラー",
        "6 顔認証機器をつなぎ、アプリを入れる",
        "7 電子証明書",
        "8 回線認証",
        "9 アカウントを作成する",
        "10 ブラウザ拡張プラグイン",
        "11 配信アプリケーションの確認",
        "12 更新 1 回目",
        "13 環境設定",
        "14 顔認証機器のアカウント",
        "15 更新 2 回目（最大 3 回）",
        "16 MPKI クライアント",
        "17 電子証明書の保存",
        "18 レセコンから共有フォルダーを開いてもらう",
        "19 最新版との一致",
        "20a 顔認証の確認",
        "20b 資格確認書か処方箋の確認",
        "20c レセコンからの確認",
        "21 職員のアカウント uketsuke1",
        "22 片付け",
        "23 結果の 1 枚を見て、説明し、署名",
        "24 翌日",
    ]
    assert (len(BY_HAND), minutes(BY_HAND)) == (25, 104)
    assert [n.label for n in CLINIC if n.witness] == ["1", "5", "7", "9", "17", "20a", "20b", "20c", "23"]  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "left", "by_hand"),
    [
        ("line", 15, 58),
        ("certificate-notice", 14, 56),
        ("master-notice", 7, 34),
        ("reader", 3, 11),
        ("card", 1, 3),
        ("his-vendor", 2, 7),
    ],
)
def test_what_stays_open_where_something_is_missing(missing: str, left: int, by_hand: int) -> None:
    open_numbers = left_without(BY_HAND, [missing])
    assert (len(open_numbers), minutes(open_numbers)) == (left, by_hand)
    assert all(number.later for number in open_numbers), "somebody does it later"


def test_time_is_up_at_any_number() -> None:
    """The seventh obstacle: from 4 on everything can be left, but for what is signed when leaving."""
    assert [number.label for number in CLINIC if number.later is None] == ["1", "2", "3", "23"]
    for number in CLINIC:
        followers = with_followers(CLINIC, [number.label])
        assert followers[0] == number and "23" not in labels(followers[1:])


TESTS = ["20a", "20b", "20c"]


@pytest.mark.parametrize(
    ("label", "followers"),
    [
        # 17 too, which needs 7: the copy of a certificate that is not there.
        ("4", ["7", "8", "9", "11", "12", "13", "14", "15", "17", "19", *TESTS, "21", "22"]),
        ("5", ["6", "10", "11", "12", "14", "15", "19", "20a", "20c", "21", "22"]),
        ("6", ["14", "20a"]),
        ("14", ["20a"]),
        ("7", ["9", "11", "12", "13", "14", "15", "17", "19", *TESTS, "21", "22"]),
        ("9", ["13", "14", *TESTS, "22"]),
        ("12", ["15", "19"]),
        ("15", ["19"]),
        ("16", []),
        ("17", ["21", "22"]),
        # The receipt computer cannot read what it cannot open: both are put off for its vendor's sake anyway.
        ("18", ["20c"]),
        ("19", []),
        ("20a", []),
        ("21", ["22"]),
        ("22", []),
        ("24", []),
    ],
)
def test_what_is_put_off_takes_its_followers_along(label: str, followers: list[str]) -> None:
    assert labels(with_followers(CLINIC, [label])) == [label, *followers]


def test_what_is_not_there_hands_on_what_it_needs() -> None:
    """Without a router's number, the certificate needs what that would have needed."""
    at_terminal = next(
        numbers_of(profile)
        for path in EXAMPLES
        for profile in profiles_of(path)
        if "dns-terminal" in profile.facts and profile.job.mode == "new"
    )
    by_id = {number.id: number for number in at_terminal}
    assert "router-dns" not in by_id
    assert by_id["certificate"].needs == (by_id["apply"].label,)


def test_the_line_is_judged_when_it_can_answer() -> None:
    """hweb answers after 回線認証; a line that has none is judged when it is plugged in."""
    for path in EXAMPLES:
        for profile in profiles_of(path):
            by_id = {number.id: number for number in numbers_of(profile)}
            if "line-auth" in by_id:
                assert "line-up" in by_id["line-auth"].steps
            elif profile.job.mode == "new":
                assert "line-up" in by_id["connect"].steps


def test_staff_have_a_number_each_and_readers_their_minutes() -> None:
    for profile in (p for path in EXAMPLES for p in profiles_of(path)):
        numbers = numbers_of(profile)
        if profile.job.mode in ("new", "update"):
            people = [number.person for number in numbers if number.person]
            assert people == list(profile.staff_accounts)
            assert [n.title.split()[-1] for n in numbers if n.person] == people
        for number in numbers:
            if number.per == "reader":
                one = next(e for e in entries(profile.job.mode) if e.id == number.id)
                assert number.minutes == one.minutes * max(1, len(profile.readers))


def test_what_the_night_cannot_do_somebody_does() -> None:
    first, second = (
        {number.id: number for number in numbers_of(profile)} for profile in example("clinic")
    )
    assert first["update-first"].later == first["update-more"].later == "tonight"
    assert second["update-first"].later == "vendor", "Windows 11 Pro does not update itself"


@pytest.mark.parametrize(
    ("name", "count"), [("p05-yokohama-seikei", 10), ("update-west", 10), ("audit-win10", 11)]
)
def test_update_and_audit_have_lists_of_their_own(name: str, count: int) -> None:
    assert int(re.sub("[a-z]$", "", numbers_of(example(name)[0])[-1].label)) == count


# The hearing sheet's last page


def test_the_rows_of_readiness_are_the_keys_of_the_file_and_each_is_about_some_number() -> None:
    assert [row["id"] for row in WORDS["ready"]] == list(Ready.model_fields)
    for row in WORDS["ready"]:
        assert set(row["without"]) <= WORDS["outside"].keys()
        assert left_without(CLINIC, row["without"]), row["id"]


def test_what_a_visit_can_do_today() -> None:
    """The example of the hearing sheet: no registered mail, nobody with a card, no medium."""
    no = {"registered_mail", "card", "medium"}
    missing = [name for row in WORDS["ready"] if row["id"] in no for name in row["without"]]
    done = len(BY_HAND) - len(left_without(BY_HAND, missing))
    assert (done, minutes(BY_HAND) - minutes(left_without(BY_HAND, missing))) == (11, 48)


def test_the_visit_of_a_file_is_read() -> None:
    profiles, problems = read(FOLDER / "clinic.yaml")
    assert [p.code for p in problems if p.path.startswith("visit")] == []
    asked = profiles[0].visit
    assert (asked.from_, asked.until, asked.witness) == ("2026-11-27 12:30", "15:00", "事務長")
    assert asked.ready.customer_id is True and str(asked.ready.line_opened) == "2026-11-10"
    assert [p.terminal.certificate_for for p in profiles] == ["総合受付", "往診用"]
    (said,) = (s for s in plan_of(profiles[0]) if s.id == "certificate-download-day-typed")
    assert ("通知書の端末名称", "総合受付") in said.values


@pytest.mark.parametrize("profile", TERMINALS)
def test_no_list_of_numbers_cuts_one_of_them(profile: TerminalProfile) -> None:
    wide = [f"{n.label}  {n.title}" for n in numbers_of(profile)]
    assert [text for text in wide if width(text) > LISTED] == []
