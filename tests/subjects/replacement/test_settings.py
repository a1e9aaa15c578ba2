"""端末の入れ替え: what a new terminal has, with the accounts of the old one, which is put away at the end."""

from pathlib import Path

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.facts import facts_of_mode
from oqsgen.plan.step import Step
from oqsgen.plan.visit import visit
from oqsgen.subjects.common.portal_accounts import decides
from tests.examples import example, plan_of
from tests.subjects.clinics import example_steps, planned

AT_THE_PORTAL = {
    "pre-master-notice",
    "account-counts",
    "portal-sign-in",
    "portal-passwords",
    "portal-accounts",
    "portal-charset",
    "portal-flags",
}
OLD = {"before-replacement", "replace-old-off", "replace-old-certificate", "replace-old-pc"}


def both() -> tuple[TerminalProfile, dict[str, Step], dict[str, Step]]:
    """The example, its steps, and those of the same clinic where everything is new."""
    from oqsgen.plan.plan import make_plan

    profile = example("replacement")[0]
    job = profile.job.model_copy(update={"mode": "new"})
    facts = profile.facts - {"replace"}
    as_new = profile.model_copy(update={"job": job, "facts": facts})
    steps = {step.id: step for step in plan_of(profile)}
    return profile, steps, {step.id: step for step in make_plan(as_new)}


def test_it_is_a_new_terminal_and_what_is_in_the_portal_stays() -> None:
    profile, steps, as_new = both()
    assert {"new", "replace"} <= profile.facts and facts_of_mode("update") == {"update"}
    assert not decides(profile)
    assert as_new.keys() - steps.keys() == AT_THE_PORTAL
    # What is said beside the decided passwords of a new clinic is said for itself.
    assert steps.keys() - as_new.keys() == {*OLD, "portal-sign-in-kept", "acct-default-passwords"}
    gives = {id for id, step in steps.items() if any(given.secret for given in step.gives)}
    assert not gives, "nobody has decided a password"


def test_the_accounts_of_before_are_named_where_somebody_signs_in() -> None:
    steps = example_steps("replacement")
    values = dict(steps["portal-sign-in-kept"].values)
    assert {"連携用 R0RENK01", "顔認証用 F0FACE01"} <= {*values.values()}
    assert "アカウントは作りません" in steps["portal-sign-in-kept"].what
    assert dict(steps["reader-account"].values) == {"パナソニック コネクト 受付": "F0FACE01"}


def test_the_console_of_almex_is_set_up_with_the_account_of_before(tmp_path: Path) -> None:
    steps = planned(tmp_path, job="{mode: replace}", readers="[{vendor: almex, account: F0FACE03}]")
    console = steps["reader-console-almex"]
    assert "reader-almex-password" in console.requirements
    assert ("機器のデバイスID", "F0FACE03") in console.values


def test_the_old_terminal_is_asked_first_and_put_away_once_the_new_one_works() -> None:
    profile, steps, _ = both()
    assert list(steps)[:3] == ["before-replacement", "replace-old-off", "windows-edition"]
    order = list(steps)
    assert (
        order.index("test-face")
        < order.index("replace-old-certificate")
        < order.index("replace-old-pc")
    )
    numbers = {number.id: number for number in visit(profile, tuple(steps.values()))}
    assert [*numbers][:3] == ["notices", "before", "connect"]
    away = numbers["old-terminal"]
    assert {numbers[id].label for id in ("test-face", "test-paper", "certificate-backup")} <= {
        *away.needs
    }
    recorded = "".join(label for label, _ in steps["before-replacement"].values)
    for word in ("電子証明書", "顔認証機器", "資格情報", "共有フォルダー", "職員のアカウント"):
        assert word in recorded
