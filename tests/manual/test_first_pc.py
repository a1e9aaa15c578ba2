"""``docs/first-pc.md``: every doubt has an id, a way to look and what each outcome means; what is settled has a source."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from oqsgen.subjects import KINDS
from tests import PARTS, ROOT
from tests.examples import EXAMPLES, bundle_of, example, plan_of, profiles_of
from tests.pc.shell import json_of, run_text

PAGE = (ROOT / "docs" / "first-pc.md").read_text("utf-8")
AREAS = {
    "account",
    "autologon",
    "browser",
    "certificate",
    "clock",
    "console",
    "credential",
    "display",
    "distribution",
    "installer",
    "language",
    "launcher",
    "linkage",
    "network",
    "policy",
    "power",
    "proxy",
    "reader",
    "runtime",
    "seal",
    "share",
    "task",
    "update",
    "windows",
}
MACHINE, PERSON = "a machine can answer", "a person must look"
HELPERS = (ROOT / "tests/pc/first-pc.ps1").read_text("utf-8")


@dataclass(frozen=True)
class Open:
    """A row of an open doubt, as it stands."""

    id: str
    doubt: str
    who: str
    look: str
    outcome: str


@dataclass(frozen=True)
class Settled:
    """A row of the list of settled ones."""

    id: str
    doubt: str
    answer: str
    source: str


def rows(text: str, heads: list[str]) -> list[list[str]]:
    """The cells of the tables below these heads; each row has as many."""
    found = []
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        head, _, *lines = [
            [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in table.splitlines()
        ]
        if head == heads:
            found += lines
    assert found and all(len(row) == len(heads) for row in found)
    return found


OPEN = [
    Open(*row)
    for row in rows(PAGE, ["id", "doubt", "who", "how to look", "outcome and what it means"])
]
SETTLED = [Settled(*row) for row in rows(PAGE, ["id", "doubt", "answer", "source"])]
ALL: list[Open | Settled] = [*OPEN, *SETTLED]


def spans(text: str) -> list[str]:
    """What stands in backticks; in a table a bar is written with a backslash."""
    return re.findall(r"`([^`]+)`", text.replace("\\|", "|"))


def code(doubt: Open) -> list[str]:
    """The commands of a doubt that a machine can answer."""
    start = re.compile(r"[$(&.]|[A-Z]\w+-[A-Z]|foreach |[\w-]+\.(exe|com) ")
    return [span for span in spans(doubt.look) if start.match(span)]


def test_every_row_of_the_page_is_a_doubt() -> None:
    """No other table but the one of the helpers, so that nothing is left out of the tests below."""
    assert PAGE.count("\n| `") == len(OPEN) + len(SETTLED) + len(
        re.findall(r"^function (?!Get-ScriptPart)", HELPERS, re.M)
    )
    assert PAGE.index("## Settled") > max(PAGE.index(f"| {one.id} |") for one in OPEN)


def test_ids_are_unique_and_tell_the_area() -> None:
    ids = [one.id for one in ALL]
    assert len(ids) == len(set(ids))
    for name in ids:
        match = re.fullmatch(r"`([a-z]+)-\d\d`", name)
        assert match and match[1] in AREAS, name


@pytest.mark.parametrize("one", OPEN, ids=lambda one: one.id)
def test_an_open_doubt_says_who_looks_how_and_what_each_outcome_means(one: Open) -> None:
    assert one.doubt and one.look
    assert one.who in (MACHINE, PERSON)
    fine, found, other = one.outcome.partition("fine")
    assert found and fine.strip(), "what is fine"
    assert re.search(
        r"[.)] \S.*: \S|^, .*: \S|; \S.*: \S", other
    ), "what else there may be, and what it means"
    if one.who == MACHINE:
        assert code(one), "the commands"


@pytest.mark.parametrize("one", SETTLED, ids=lambda one: one.id)
def test_a_settled_doubt_has_its_answer_and_source(one: Settled) -> None:
    assert one.doubt and one.answer and len(one.source) > 5
    assert MACHINE not in one.answer and PERSON not in one.answer


def test_its_kinds_and_steps_are_there() -> None:
    """A doubt begins with the kinds that it is about; the commands name steps of examples."""
    for one in ALL:
        head, colon, _ = one.doubt.partition(":")
        if colon and re.fullmatch(r"`[a-z-]+`(, `[a-z-]+`)*", head):
            assert set(spans(head)) <= {*KINDS, "keep"}, one.id
    steps = {
        step.id for path in EXAMPLES for profile in profiles_of(path) for step in plan_of(profile)
    }
    named = set(re.findall(r"(?:Test-RoundTrip|Get-PlanStep) ([a-z][\w-]*)", PAGE))
    assert named and named <= steps


def test_what_it_says_of_itself_is_so() -> None:
    """Links lead to the headings, its files are there."""
    assert "\n## Settled\n" in PAGE and "(#settled)" in PAGE
    for path in re.findall(
        r"`(?:\. )?((?:tests|templates)[\\/][\w\\/.-]+\.(?:ps1|py|xml|j2))", PAGE
    ):
        assert (ROOT / path.replace("\\", "/")).is_file(), path


PARSE = """
$found = @{ errors = @(); commands = @() }
foreach ($text in (ConvertFrom-Json $env:SPANS)) {
    $problems = $null
    $tree = [Management.Automation.Language.Parser]::ParseInput($text, [ref] $null, [ref] $problems)
    $found.errors += @($problems | ForEach-Object { "$text`: $_" })
    $found.commands += @($tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true) |
        ForEach-Object { $_.GetCommandName() })
}
ConvertTo-Json $found
"""


@pytest.mark.needs("pwsh")
def test_what_a_machine_is_given_can_be_run() -> None:
    """Each is PowerShell, and what it calls is ours, a program, or a command that ``check_vocabulary.py`` looks up."""
    texts = [text for one in OPEN if one.who == MACHINE for text in code(one)]
    run = run_text(PARSE, {"SPANS": json.dumps(texts)})
    assert not run.errors, run
    found = json.loads(run.output)
    assert found["errors"] == []
    for name in filter(None, found["commands"]):
        assert (
            re.fullmatch(r"[A-Z]\w+-[A-Z]\w+|[\w-]+\.(exe|com)", name) or "first-pc.ps1" in name
        ), name


@pytest.mark.needs("pwsh")
def test_the_helpers_bring_the_script(tmp_path: Path) -> None:
    """Every function of the bundle's script is there afterwards, and its plan."""
    script = bundle_of(example("clinic")[0], None).files["terminal.ps1"]
    (tmp_path / "terminal.ps1").write_bytes(script)
    found = json_of(
        f". '{ROOT}/tests/pc/first-pc.ps1' '{tmp_path}'\n"
        "$names = @(Get-ChildItem function: | ForEach-Object { $_.Name })\n"
        "Add-TypedSecret 'somebody' 'x'\n"
        "ConvertTo-Json @{ names = $names; step = (Get-PlanStep 'display-scale').wanted; secret = $script:Secret['somebody'].Length }"
    )
    own = re.findall(r"^function ([\w-]+)", script.decode("utf-8-sig"), re.MULTILINE)
    assert set(own) | set(re.findall(r"^function ([\w-]+)", HELPERS, re.M)) <= set(found["names"])
    assert (found["step"], found["secret"]) == ({"percent": 100}, 1)


@pytest.mark.needs("pwsh")
def test_every_native_type_is_compiled(tmp_path: Path) -> None:
    """Those too that stand in the function that uses them."""
    script = bundle_of(example("clinic")[0], None).files["terminal.ps1"]
    (tmp_path / "terminal.ps1").write_bytes(script)
    classes = {
        name
        for path in PARTS.rglob("*.cs")
        for name in re.findall(
            r"^    public (?:static )?class (\w+)", path.read_text("utf-8"), re.M
        )
    }
    names = " ".join(sorted(classes))
    found = json_of(
        f". '{ROOT}/tests/pc/first-pc.ps1' '{tmp_path}'\n"
        "$wrong = @(Test-NativeType)\n"
        f"$missing = @('{names}'.Split(' ') | Where-Object {{ -not (\"OqsGen.$_\" -as [type]) }})\n"
        "ConvertTo-Json @{ wrong = $wrong; missing = $missing }"
    )
    assert len(classes) > 10 and found == {"wrong": [], "missing": []}
