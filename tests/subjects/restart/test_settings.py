"""操作2: who asks for a restart."""

from pathlib import Path

import pytest

from tests.subjects.clinics import with_options


@pytest.mark.parametrize(
    ("step", "row"),
    [("restart", "restart-after-change"), ("face-library-restart", "face-lib-reboot")],
)
def test_each_pass_asks_for_its_own_restart(tmp_path: Path, step: str, row: str) -> None:
    found = with_options(tmp_path)[step]
    assert found.requirements == (row,) and found.how == "apply"
    assert found.scope == ("machine" if step == "restart" else "user")
