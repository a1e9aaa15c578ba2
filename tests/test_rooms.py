"""The subjects of docs/architecture.md: what may call what, how files are called, and what is common."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from oqsgen.manual.rows import rows
from oqsgen.plan.kind import Kind
from oqsgen.subjects import FILES, KINDS, SETTINGS
from tests import PARTS, ROOT
from tests.examples import EXAMPLES, example
from tests.pc.code import json_of_code

PYTHON = ROOT / "oqsgen"
FAKES = ROOT / "tests" / "subjects"
SUBJECTS = sorted(path.parent.name for path in (PYTHON / "subjects").glob("*/__init__.py"))
COMMON, RUNTIME, ROWS = "common", "runtime", "rows"

READ = """
$files = @{}
foreach ($file in ConvertFrom-Json '%s') {
    $tree = Read-Code $file
    $functions = @(Find-Code FunctionDefinitionAst $tree)
    $commands = @(Find-Code CommandAst $tree)
    $files[$file] = @{
        functions = @($functions | ForEach-Object {
            $parameters = @()
            if ($null -ne $_.Body.ParamBlock) { $parameters = @($_.Body.ParamBlock.Parameters | ForEach-Object { $_.Name.VariablePath.UserPath }) }
            @{ name = $_.Name; parameters = $parameters }
        })
        calls = @($commands | ForEach-Object { $_.GetCommandName() } | Where-Object { $_ } | Select-Object -Unique)
        kinds = @($commands | Where-Object { $_.GetCommandName() -eq 'Register-Kind' } | ForEach-Object { $_.CommandElements[1].Value })
        assigned = @($tree.EndBlock.Statements | Where-Object { $_ -is [Management.Automation.Language.AssignmentStatementAst] } |
            ForEach-Object { $_.Left.Extent.Text } | Where-Object { $_.StartsWith('$script:') })
        variables = @(Find-Code VariableExpressionAst $tree | Where-Object { $_.VariablePath.IsScript } |
            ForEach-Object { '$' + $_.VariablePath.UserPath } | Select-Object -Unique)
        texts = @(Find-Code StringConstantExpressionAst $tree | ForEach-Object { $_.Value } | Select-Object -Unique)
        compared = @(Find-Code BinaryExpressionAst $tree | Where-Object { $_.Left.Extent.Text, $_.Right.Extent.Text -match '\\.kind$' } |
            ForEach-Object { $_.Extent.Text })
    }
}
ConvertTo-Json $files -Depth 5
"""


@dataclass(frozen=True)
class Part:
    """A PowerShell file: what it defines and what it uses."""

    path: Path
    functions: dict[str, tuple[str, ...]]
    calls: frozenset[str]
    kinds: tuple[str, ...]
    assigned: frozenset[str]
    variables: frozenset[str]
    texts: frozenset[str]
    compared: tuple[str, ...]

    @property
    def room(self) -> str:
        """Its subject, or ``runtime``."""
        return self.path.parent.name

    @property
    def stem(self) -> str:
        """Its name before the first dot."""
        return self.path.name.partition(".")[0]

    @property
    def is_native(self) -> bool:
        """Whether it is the native layer of something."""
        return self.path.name.endswith(".native.ps1")

    @property
    def defines(self) -> frozenset[str]:
        """Functions and script variables."""
        return frozenset(self.functions) | self.assigned

    @property
    def uses(self) -> frozenset[str]:
        """What it calls and reads, of itself or of others."""
        return self.calls | self.variables


@cache
def parts() -> tuple[Part, ...]:
    """Every part of ``terminal.ps1``."""
    return read(sorted(PARTS.glob("*/*.ps1")))


@cache
def fakes() -> tuple[Part, ...]:
    """Every stand-in."""
    return read(sorted(FAKES.glob("*/*.fake.ps1")))


def read(paths: list[Path]) -> tuple[Part, ...]:
    """What PowerShell's own parser finds in some files."""
    data: dict[str, dict[str, Any]] = json_of_code(READ % json.dumps([str(path) for path in paths]))
    return tuple(
        Part(
            path,
            {one["name"]: tuple(one["parameters"]) for one in data[str(path)]["functions"]},
            frozenset(data[str(path)]["calls"]),
            tuple(data[str(path)]["kinds"]),
            frozenset(data[str(path)]["assigned"]),
            frozenset(data[str(path)]["variables"]),
            frozenset(data[str(path)]["texts"]),
            tuple(data[str(path)]["compared"]),
        )
        for path in paths
    )


@cache
def owners() -> dict[str, Part]:
    """Function or script variable → the part that defines it."""
    return {name: part for part in parts() for name in part.defines}


def modules() -> dict[str, ast.Module]:
    """Name → tree of every module of oqsgen."""
    found = {}
    for path in sorted(PYTHON.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(tree: ast.Module, *, everywhere: bool) -> Iterator[str]:
    """The modules of oqsgen that a module imports; without ``everywhere`` only when it is loaded."""
    nodes: Any = ast.walk(tree) if everywhere else tree.body
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide whom they reach"
            if node.module and node.module.partition(".")[0] == "oqsgen":
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("oqsgen"))


def subject_of(module: str) -> str | None:
    """The subject in which a module, or a name in it, stands."""
    match = re.match(r"oqsgen\.subjects\.(\w+)", module)
    return match[1] if match else None


def test_no_subject_imports_another() -> None:
    for name, tree in modules().items():
        here = subject_of(name)
        reached = {subject_of(module) for module in imports(tree, everywhere=True)} - {None}
        allowed = {here, COMMON} if here else set()
        if here == COMMON:
            allowed = {COMMON}
        if here or reached:
            # Outside of the subjects only their registries are known.
            registry = {"KINDS", "KINDS_OF", "SETTINGS", "FILES"} if not here else set()
            assert reached - registry <= allowed, name


def test_no_import_goes_round_in_a_circle() -> None:
    trees = modules()
    graph = {
        name: {
            found if found in trees else found.rpartition(".")[0]
            for found in imports(tree, everywhere=False)
        }
        for name, tree in trees.items()
    }
    TopologicalSorter(graph).prepare()  # raises CycleError


@pytest.mark.needs("pwsh")
def test_no_subject_calls_another_in_powershell() -> None:
    """Subject → common → runtime; the runtime knows of the subjects the native layer of common alone."""
    for part in parts():
        for name in part.uses:
            owner = owners().get(name)
            if owner is None:
                continue
            if part.room == RUNTIME:
                fine = owner.room == RUNTIME or (owner.room == COMMON and owner.is_native)
            else:
                fine = owner.room in (part.room, COMMON, RUNTIME)
            assert fine, f"{part.path.name} uses {name} of {owner.room}/{owner.path.name}"


@pytest.mark.needs("pwsh")
def test_the_runtime_names_no_kind() -> None:
    """Words with a hyphen can be nothing else but a kind, or what a person does next."""
    for part in parts():
        if part.room == RUNTIME:
            assert part.compared == (), part.path.name
            named = {kind for kind in KINDS if "-" in kind} & part.texts
            assert named <= {"sign-in"}, part.path.name


@pytest.mark.needs("pwsh")
def test_files_are_called_for_what_they_hold() -> None:
    homes = {
        kind.name: module.rpartition(".")[0].rpartition(".")[2]
        for module, kind in _kinds_by_module()
    }
    assert homes.keys() == KINDS.keys()
    for subject in SUBJECTS:
        assert re.fullmatch("[a-z]+", subject)
    for part in parts():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(\.native)?\.ps1", part.path.name), part.path
        if part.room == RUNTIME or part.is_native:
            assert part.kinds == (), part.path
            continue
        assert part.room in SUBJECTS, part.path
        # A kind's file registers it; a file that is called for no kind holds what kinds share.
        assert part.kinds == ((part.stem,) if part.stem in homes else ()), part.path
        if part.kinds:
            assert homes[part.stem] == part.room, part.path
    assert {part.stem for part in parts() if part.kinds} == set(KINDS)


def _kinds_by_module() -> Iterator[tuple[str, Kind]]:
    from importlib import import_module

    for subject in SUBJECTS:
        name = f"oqsgen.subjects.{subject}.kinds"
        if (PYTHON / "subjects" / subject / "kinds.py").exists():
            for value in vars(import_module(name)).values():
                if isinstance(value, Kind):
                    yield name, value


@pytest.mark.needs("pwsh")
def test_a_stand_in_is_called_as_what_it_stands_for() -> None:
    """Of the native layer: the same stem, functions and parameters. Else: Windows' own commands."""
    native = {(part.room, part.stem): part for part in parts() if part.is_native}
    called = {name for part in parts() if not part.is_native for name in part.calls}
    for fake in fakes():
        real = native.pop((fake.room, fake.stem), None)
        asked = {name: of for name, of in fake.functions.items() if name in called}
        if real is None:
            assert asked and not asked.keys() & owners().keys(), fake.path
            continue
        needed = {name: of for name, of in real.functions.items() if name in called}
        stood_for = {name: of for name, of in asked.items() if name in owners()}
        assert stood_for == needed, fake.path
    # What only the native layer itself calls needs none.
    assert [part.path for part in native.values() if part.functions.keys() & called] == []


@pytest.mark.needs("pwsh")
def test_what_is_common_has_two_users() -> None:
    """Two subjects or the runtime, also by way of something else in common."""
    users: dict[Path, set[str]] = {part.path: set() for part in parts() if part.room == COMMON}
    for subject, kind in _kinds_in_use():
        path = PARTS / COMMON / f"{kind}.ps1"
        if path in users:
            users[path].add(subject)
    while True:
        before = {path: set(found) for path, found in users.items()}
        for part in parts():
            by = users[part.path] if part.room == COMMON else {part.room}
            for name in part.uses:
                owner = owners().get(name)
                if owner is not None and owner.room == COMMON and owner.path != part.path:
                    users[owner.path] |= by
        if users == before:
            break
    for path, found in users.items():
        assert len(found) > 1 or RUNTIME in found, f"{path.name} is used by {found or 'nobody'}"
    for fake in fakes():
        if fake.room == COMMON and PARTS / COMMON / f"{fake.stem}.native.ps1" not in users:
            callers = {part.room for part in parts() if part.calls & fake.functions.keys()}
            assert len(callers) > 1, fake.path


def _kinds_in_use() -> Iterator[tuple[str, str]]:
    """Subject and kind of every action; those that rows or a check of several name, too."""
    for profile in (profile for path in EXAMPLES for profile in example(path.stem)):
        for setting in SETTINGS:
            action = setting.action(profile)
            if action is not None:
                yield FILES[setting.id].partition("/")[0], action.kind
    for row in rows():
        if row.verify is not None:
            yield ROWS, row.verify["kind"]
        elif row.how in ("manual", "guided"):
            yield ROWS, row.how
    # A setting that is done by a person gets its kind from how it is done.
    for setting in SETTINGS:
        if setting.how in ("manual", "guided"):
            yield FILES[setting.id].partition("/")[0], setting.how


def test_what_is_common_in_python_has_two_users() -> None:
    users: dict[str, set[str]] = {}
    for name, tree in modules().items():
        for found in imports(tree, everywhere=True):
            if subject_of(found) == COMMON and subject_of(name) != COMMON:
                module = ".".join(found.split(".")[:4])
                users.setdefault(module, set()).add(subject_of(name) or name)
    files = {
        f"oqsgen.subjects.common.{path.stem}"
        for path in (PYTHON / "subjects/common").glob("[a-z]*.py")
    }
    assert users.keys() == files
    assert {name: found for name, found in users.items() if len(found) < 2} == {}


def test_the_settings_of_a_row_stand_in_one_file() -> None:
    """Their order is that of subjects, files and places."""
    begun: dict[str, list[str]] = {}
    for setting in SETTINGS:
        files = begun.setdefault(setting.rows[0], [])
        if FILES[setting.id] not in files:
            files.append(FILES[setting.id])
    several = {
        row: [file.partition("/")[0] for file in files] for row, files in begun.items() if files[1:]
    }
    assert several == {}


VAGUE = re.compile(
    "asked|done|found|given|known|left|made|one|other|said|shown|taken|theirs|there|this|unsaid|"
    "used|usual|whole|whom|wished|written|wrong"
)


def test_python_names_say_what_they_hold() -> None:
    """``found`` is a field of each kind: the actual state of what it sets."""
    vague = {
        (name, word)
        for name, tree in modules().items()
        for word in bound(tree)
        if VAGUE.fullmatch(word)
    }
    assert vague == {("oqsgen.plan.kind", "found")}


def bound(tree: ast.Module) -> frozenset[str]:
    """Every name that a module binds to a value, whatever the scope."""
    nodes = list(ast.walk(tree))
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    caught = {n.name for n in nodes if isinstance(n, ast.ExceptHandler | ast.MatchAs) and n.name}
    return frozenset(stored | arguments | caught)
