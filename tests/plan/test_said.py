"""What a step says follows from how it is done: nothing is said to be made that is only looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import rows
from oqsgen.plan.step import Step
from oqsgen.subjects import SETTINGS
from tests.examples import EXAMPLES, plan_of, profiles_of

_MAKES = """
    設定します 設定し、 設定し直 登録します 登録し、 登録して 登録し直 作ります 作り、 作成します 作成し、
    追加します 追加し、 追加し直 変更します 変更し、 変更する。 に変え 変えます 導入します 導入し直 入れ直
    削除します 削除し、 消し、 許可します 共有します 外します 同期します 実行します 禁止します 保存します 初期化し
    オンにし オフにし 有効にし、 有効にします 無効にします 「なし」にし 100%にし 管理者にし 無期限にし ようにします
    「利用する」にします のとおりにします 有効に戻し、 選び直して 直す。 やり直し 作り直し
    適用します 適用する。 1_適用
"""
MAKES = _MAKES.split()
"""How a text says that something is set, made, registered or mended."""
_DOES = """
    押します 押し、 押す。 入力します 入力し、 尋ねます 選びます 選び、 選ぶ。 直します 直し、
    開きます 再起動します 再起動し、 サインインし直 サインアウトし
"""
DOES = _DOES.split()
"""How a text says that a person does something at the PC."""
MENDS = {row.mends for row in rows()} | {setting.mends for setting in SETTINGS}

every_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def visits(path: Path, mode: str, folder: Path) -> Iterator[TerminalProfile]:
    """The terminals of an example on a visit of another kind."""
    clinic = yaml.safe_load(path.read_bytes())
    clinic["job"] = {"mode": mode}
    for terminal in clinic["terminals"]:
        terminal.get("override", {}).pop("job", None)
    file = folder / "clinic.yaml"
    file.write_text(yaml.safe_dump(clinic, allow_unicode=True), "utf-8")
    yield from profiles_of(file)


def said(step: Step) -> str:
    values = (value for _, value in step.values)
    return "\n".join((step.title, step.what, step.check, *values))


def found(text: str, words: list[str]) -> list[str]:
    rest = text.replace("読み直し", "")
    return [word for word in words if word in rest]


@every_example
def test_an_audit_says_of_nothing_that_it_is_made(path: Path, tmp_path: Path) -> None:
    for profile in visits(path, "audit", tmp_path):
        for step in plan_of(profile):
            words = MAKES + (DOES if step.how == "verify" else [])
            assert found(said(step), words) == [], f"{step.id}: {said(step)}"


@every_example
def test_an_update_says_of_nothing_that_is_only_looked_at_that_it_is_made(
    path: Path, tmp_path: Path
) -> None:
    """But for what a person does where it is found otherwise (``mends``)."""
    for profile in visits(path, "update", tmp_path):
        for step in plan_of(profile):
            text = said(step)
            assert "連携用アカウントを作" not in text, "an update makes no account"
            for mends in sorted(MENDS, key=len, reverse=True):
                text = text.replace(mends, "")
            assert step.how != "verify" or found(text, MAKES) == [], f"{step.id}: {text}"


@every_example
def test_a_step_names_nothing_that_only_the_office_has(path: Path) -> None:
    """Who works at the PC has this paper, and not the file that it was made from."""
    words = ["設定ファイル", "YAML", "carry_over", "terminals", "options", "override", "installed:"]
    for profile in profiles_of(path):
        for step in plan_of(profile):
            assert found(said(step), words) == [], f"{step.id}: {said(step)}"


def test_an_audit_says_how_a_person_looks_and_what_the_pc_looks_at(tmp_path: Path) -> None:
    path = next(path for path in EXAMPLES if path.stem == "clinic")
    audit = {step.id: step for step in plan_of(next(visits(path, "audit", tmp_path)))}
    account, login, tested = audit["oqscomapp-account"], audit["login-key"], audit["test-face"]
    assert account.title == "OqsComApp ユーザーの作成と管理者への変更（確認のみ）"
    assert account.what == "「確認」のとおりかどうかを、この PC が見ます。"
    assert "入力" not in said(login)
    assert "顔認証と同意の操作をします" in tested.what and "確認のみ" not in tested.title
    portal = audit["portal-flags"]
    assert portal.what == "管理アカウントでログインし、環境設定の利用有無を、この表と見比べます。"
    assert dict(portal.values)["電子処方箋管理サービス"] == "利用する（初期値: 利用しない）"


def test_windows_10_is_given_the_places_that_it_has() -> None:
    """The group policy editor of LTSC 2019 lists the policies of Windows Update in one flat list."""
    seen = 0
    for path in EXAMPLES:
        for profile in profiles_of(path):
            if not profile.terminal.os.startswith("win10-"):
                continue
            seen += 1
            for step in plan_of(profile):
                assert "エンドユーザー エクスペリエンスの管理" not in said(step), step.id
    assert seen
