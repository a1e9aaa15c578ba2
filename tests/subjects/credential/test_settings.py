"""操作12 and 承継: which credentials a clinic's file makes."""

from pathlib import Path

import pytest

from tests.examples import example
from tests.subjects.clinics import (
    LINK,
    PHARMACY,
    TOKYO,
    by_id,
    example_steps,
    wanted,
    with_portal,
)


def test_credentials_are_for_the_linkage_alone(tmp_path: Path) -> None:
    names = {"login-key", "clinic-code", "crypt-pass", "nas-login-key"}
    assert not names & with_portal(tmp_path).keys()
    assert names & with_portal(tmp_path, LINK).keys() == {"login-key", "clinic-code"}
    more = "his: {link: true, share_account: receiptcom, encrypt: true, nas: true}\n"
    planned = with_portal(tmp_path, more)
    assert names <= planned.keys()
    for name in names:
        assert (planned[name].how, planned[name].scope, planned[name].who) == (
            "apply",
            "user",
            "oqscomapp",
        )
    assert wanted(planned["clinic-code"])["code"] == "1319999012"
    assert wanted(planned["nas-login-key"]) == {
        "userName": "receiptcom", "prefixes": [], "code": None, "caseless": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "more", "user", "prefixes"),
    [
        (TOKYO, LINK, None, ["R0"]),
        (TOKYO, LINK + "ntt_start_pack: true\n", "R0RENK01", ["R0"]),
        (PHARMACY, LINK + "ntt_start_pack: true\n", "R1RENK01", ["R1"]),
        (
            TOKYO,
            "ntt_start_pack: true\nhis: {link: true, share_account: a, login_key_user: R0X}\n",
            "R0X",
            ["R0"],
        ),
    ],
)
def test_the_linkage_account_is_as_written_or_the_start_packs(
    tmp_path: Path, profile: dict[str, str], more: str, user: str | None, prefixes: list[str]
) -> None:
    planned = with_portal(tmp_path, more, profile)
    found = wanted(planned["login-key"])
    assert (found["userName"], found["prefixes"]) == (user, prefixes)
    assert "login-key-kind" not in planned, "it stands in the credential itself"


def test_a_succession_looks_at_the_account_before_anything_is_uploaded() -> None:
    assert "login-key-kind" not in example_steps("p10-shizuoka-iin"), "its accounts are there"
    planned = by_id(example("ntt-start-pack")[1])
    assert wanted(planned["login-key-kind"]) == {"prefixes": ["R0"]}
    assert list(planned).index("login-key-kind") < list(planned).index("login-key")


def test_the_new_code_is_set_once_and_before_the_restart_of_a_succession() -> None:
    for name in ("p10-shizuoka-iin", "p11-chiba-shika"):
        planned = example_steps(name)
        order = list(planned)
        assert "clinic-code" not in planned
        step = planned["clinic-code-succession"]
        assert {"succ-cred", "cred-med-code"} <= set(step.requirements)
        restart = next(s.id for s in planned.values() if "succ-restart" in s.requirements)
        assert order.index("carry-over") < order.index(step.id) < order.index(restart)
        before = dict(planned["before-succession"].values)
        assert before["前の医療機関等コード"] != before["新しい医療機関等コード"]
        assert order.index("before-succession") < order.index("carry-over")
    assert dict(planned["before-succession"].values)["旧コードの電子証明書を使える期限"].startswith(
        "2027-03-01"
    )


def test_what_the_linkage_application_reads_at_its_start_asks_for_a_restart() -> None:
    for name in ("p01-tokyo-naika", "p10-shizuoka-iin"):
        steps = [s for s in example_steps(name).values() if s.kind == "credential"]
        assert len(steps) > 1 and all(s.restart for s in steps)
