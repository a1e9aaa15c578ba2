"""操作12: the tasks of the 連携アプリケーション, and what it encrypts."""

from pathlib import Path

from tests.subjects.clinics import wanted, with_linkage


def test_the_linkage_tasks_come_after_the_credentials(tmp_path: Path) -> None:
    steps = with_linkage(tmp_path)
    for name in ("linkage-task-periodic", "linkage-task-running", "linkage-task-start"):
        assert steps[name].after == ("login-key", "clinic-code") and steps[name].restart
        assert {steps[other].scope for other in steps[name].after} == {"user"}
    # Where no credential is registered, there is nothing to wait for.
    assert with_linkage(tmp_path, mode="update")["linkage-task-start"].after == ()
    assert with_linkage(tmp_path, mode="audit")["linkage-task-start"].after == ()


def test_without_the_linkage_application_there_is_nothing_of_it(tmp_path: Path) -> None:
    steps = with_linkage(tmp_path, link="false")
    assert not [name for name in steps if name.startswith("linkage-") or name == "encrypt-conf"]


def test_the_files_of_encryption_are_looked_at_where_it_is_used(tmp_path: Path) -> None:
    assert "encrypt-conf" not in with_linkage(tmp_path)
    assert wanted(with_linkage(tmp_path, encrypt="true")["encrypt-conf"]) == {"key": "e"}
