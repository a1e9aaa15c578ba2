"""What happens where a tool is missing: skipped, or red where it has to be there; and always named."""

import pytest

from . import tools


@pytest.fixture(autouse=True)
def nothing_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "_find", lambda name: "")
    monkeypatch.setenv("OQSGEN_REQUIRE", "pwsh, mcs")


def test_a_test_that_lacks_a_tool_is_skipped_or_fails_where_the_tool_has_to_be_there() -> None:
    with pytest.raises(pytest.skip.Exception, match=r"^lacks wine$"):
        tools.need("wine")
    for name in ("pwsh", "mcs"):
        with pytest.raises(
            pytest.fail.Exception, match=f"lacks {name}, which OQSGEN_REQUIRE names"
        ):
            tools.need(name)


def test_a_tool_that_nobody_knows_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tools.required() == {"pwsh", "mcs"}
    monkeypatch.setenv("OQSGEN_REQUIRE", "pwsh,pwhs")
    with pytest.raises(pytest.UsageError, match="names pwhs; there are pwsh, "):
        tools.required()


def test_the_closing_lines_name_each_test_and_end_in_capitals_for_powershell() -> None:
    skipped = {"a": "lacks pester", "b": "lacks wine", "c": "root reads all", "d": "lacks wine"}
    assert tools.closing_lines(skipped) == [
        "not run: 1 of the tests, since root reads all",
        "  c",
        "not run: 2 of the tests, since this machine lacks wine",
        "  b",
        "  d",
        "NOT RUN: 1 OF THE TESTS, SINCE THIS MACHINE LACKS PESTER",
        "  a",
    ]
    assert tools.closing_lines({}) == []
