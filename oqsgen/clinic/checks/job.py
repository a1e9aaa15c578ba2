"""What is to be done on which terminal: the mode, the Windows, the accounts, rows left out."""

from collections.abc import Iterator

from oqsgen import resources
from oqsgen.clinic import derive
from oqsgen.clinic.checks.account_names import why_taken
from oqsgen.clinic.facts import facts_of_mode
from oqsgen.clinic.model import Clinic
from oqsgen.clinic.problem_at import KeyProblem, Where
from oqsgen.text import shown


def check_succession(clinic: Clinic) -> Iterator[KeyProblem]:
    job = clinic.job
    where: Where = ("job", "succession")
    if job.mode == "succession" and not job.succession:
        yield KeyProblem(
            "MISSING_KEY",
            where,
            "承継では job.succession に previous_code（承継前のコード）と date（承継日）を"
            "書いてください。",
        )
    elif job.succession and job.mode != "succession":
        yield KeyProblem(
            "BAD_VALUE",
            where,
            f"job.mode が {job.mode} です。承継なら mode を succession に、"
            "承継でなければ succession を消してください。",
        )


def check_succession_date(clinic: Clinic) -> Iterator[KeyProblem]:
    if clinic.job.succession and clinic.job.succession.date is None:
        yield KeyProblem(
            "SUCCESSION_DATE_REQUIRED",
            ("job", "succession", "date"),
            "承継日がありません。date: 2026-10-01 のように書いてください。",
        )


def check_carry_over(clinic: Clinic) -> Iterator[KeyProblem]:
    succession = clinic.job.succession
    if clinic.job.mode != "succession" or not succession:
        return
    if succession.carry_over and "carry_over" not in succession.model_fields_set:
        yield KeyProblem(
            "CARRY_OVER_ASSUMED",
            ("job", "succession", "carry_over"),
            "carry_over がないので、アカウントは引き継がれるものとして、作り直しません。引き継ぐ申請をしていなければ、"
            "carry_over: false と書いてください。",
            "info",
        )


def check_succession_code(clinic: Clinic) -> Iterator[KeyProblem]:
    succession = clinic.job.succession
    if succession and succession.previous_code == clinic.facility.code:
        yield KeyProblem(
            "SUCCESSION_SAME_CODE",
            ("job", "succession", "previous_code"),
            "承継前と承継後の医療機関等コードが同じです。previous_code に承継前の、"
            "facility.code に新しいコードを書いてください。",
        )


def check_os(clinic: Clinic) -> Iterator[KeyProblem]:
    terminal = derive.terminal(clinic)
    if "new" in facts_of_mode(clinic.job.mode) and terminal.os.startswith("win10-"):
        yield KeyProblem(
            "OS_NOT_SUPPORTED_NEW",
            ("terminals", 0, "os"),
            "Windows 10 の端末は新規の設定と入れ替えの対象外です。Windows 11 の端末にするか、"
            "job.mode を update、succession、audit のどれかにしてください。",
        )


def check_kept_accounts(clinic: Clinic) -> Iterator[KeyProblem]:
    """A terminal in the place of another one works with the accounts that are there already."""
    if clinic.job.mode != "replace":
        return
    unnamed: list[tuple[Where, str]] = [
        (("readers", index, "account"), "顔認証用アカウント")
        for index, reader in enumerate(clinic.readers)
        if reader.account is None
    ]
    if derive.linkage(clinic) and clinic.his.login_key_user is None:
        unnamed.append((("his", "login_key_user"), "連携用アカウント"))
    otherwise = (
        "書かなければ、スタートパックの既定のIDとして印刷します。"
        if clinic.ntt_start_pack
        else "書かなければ、紙に書く欄を空けておきます。"
    )
    for where, account in unnamed:
        yield KeyProblem(
            "KEPT_ACCOUNT_UNNAMED",
            where,
            f"入れ替えでは、これまでの{account}を使います。そのIDを {where[-1]} に書いてください。{otherwise}",
            "info",
        )


def check_own_updates(clinic: Clinic) -> Iterator[KeyProblem]:
    terminal = derive.terminal(clinic)
    if derive.stops_own_updates(terminal):
        yield KeyProblem(
            "OWN_UPDATES",
            ("terminals", 0),
            f"この端末は{'、'.join(derive.why_no_own_updates(terminal))}なので、別紙トラブルシューティングの補2のとおりに、"
            "配信アプリケーションの自動更新を人が止めます。以後の更新を誰が適用するか、施設と決めてください。",
            "info",
        )


def check_staff(clinic: Clinic) -> Iterator[KeyProblem]:
    account = resources.spec("windows")["account"]
    for index, name in enumerate(derive.terminal(clinic).staff_accounts):
        if name.casefold() == account.casefold():
            yield KeyProblem(
                "BAD_VALUE",
                ("terminals", 0, "staff_accounts", index),
                f"{account} は書かなくても使われます。消してください。",
            )
        # Somebody may work as the Administrator of Windows, though nobody should.
        elif (reason := why_taken(clinic, name)) and name.casefold() != "administrator":
            yield KeyProblem(
                "BAD_VALUE",
                ("terminals", 0, "staff_accounts", index),
                f"「{shown(name)}」は職員のアカウントの名前にできません（{reason}）。"
                "設定→アカウントで、実際の名前を確かめてください。",
            )


def check_skip(clinic: Clinic) -> Iterator[KeyProblem]:
    seen: set[str] = set()
    for index, skip in enumerate(clinic.skip):
        where: Where = ("skip", index, "id")
        if not derive.may_skip_optional_rows(clinic):
            yield KeyProblem(
                "SKIP_NOT_ALLOWED",
                where,
                f"「{skip.id}」を省けるのは Windows 11 Pro の端末とレセコン兼用の端末だけです。"
                "消してください。",
            )
        if skip.id in seen:
            yield KeyProblem("BAD_VALUE", where, "同じIDが2回あります。片方を消してください。")
        seen.add(skip.id)


CHECKS = (
    check_succession,
    check_succession_date,
    check_carry_over,
    check_succession_code,
    check_os,
    check_kept_accounts,
    check_own_updates,
    check_staff,
    check_skip,
)
