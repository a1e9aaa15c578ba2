"""What ``oqsgen new`` writes: as it was meant, by every reader of YAML, and nothing over somebody's file."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from oqsgen.clinic import resolve
from oqsgen.clinic.model import Clinic, Part
from oqsgen.clinic.read import keys_of
from oqsgen.files import write_whole
from oqsgen.input.nodes import Mapping, Node, Sequence
from oqsgen.input.yaml_reader import load
from oqsgen.office.clinic_yaml import blank, clinic_yaml, scalar
from oqsgen.office.tree import Branch, Leaf
from tests.command import Run
from tests.examples import EXAMPLES


@pytest.mark.parametrize(
    "text",
    r"""
    東京内科|1319999012|09:00|R0RENK01|C:\OQS\req|*.example|a: b|# c|- x|no|'|"|a, b|[x]|~|0110112461|見本 花子|true
    """.strip().split("|"),
)
def test_a_value_is_read_as_it_was_written(text: str, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text(f"facility: {{name: {scalar(text)}}}\nlist: [{scalar(text)}]\n", "utf-8")
    document, problems = load(file)
    assert document and problems == []
    facility = document.root.get("facility")
    assert facility and isinstance(facility.value, Mapping)
    name = facility.value.get("name")
    assert name and getattr(name.value, "text", None) == text
    elsewhere = yaml.safe_load(file.read_text("utf-8"))["facility"]["name"]
    assert (str(elsewhere).lower() if elsewhere is True else str(elsewhere)) == text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_whole_clinic_says_the_same_when_it_is_written_again(path: Path, tmp_path: Path) -> None:
    document, _ = load(path)
    assert document
    file = tmp_path / "again.yaml"
    tree = tree_of(document.root)
    assert isinstance(tree, dict)
    file.write_text(clinic_yaml(tree), "utf-8")
    again, problems = load(file)
    assert again and problems == []
    assert resolve(again)[0] == resolve(document)[0]


def tree_of(node: Node) -> Branch:
    if isinstance(node, Mapping):
        return {entry.key: tree_of(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [tree_of(item) for item in node.items]
    return Leaf("" if node.is_null else node.text)


def test_the_blank_one_has_every_key_and_asks_for_the_needed_ones(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "blank.yaml"
    assert run("new", "--blank", str(file)).returncode == 0
    assert file.read_text("utf-8") == blank() == run("new", "--blank").stdout
    # The first line is the editor's.
    text = blank().partition("\n")[2]
    assert set(keys_in(re.sub("(?m)^#(?!#)", "", text))) == set(keys_of_model())
    document, problems = load(file)
    assert document and problems == []
    _, problems = resolve(document)
    errors = {problem.path for problem in problems if problem.severity == "error"}
    needed = {path.replace("readers.", "readers[0].") for path in needed_keys()}
    assert errors == {path.replace("terminals.", "terminals[0].") for path in needed}


def keys_in(text: str) -> Iterator[str]:
    yield from _paths(yaml.safe_load(text), "")


def _paths(data: object, prefix: str) -> Iterator[str]:
    if isinstance(data, list):
        for item in data:
            yield from _paths(item, prefix)
    elif isinstance(data, dict):
        for name, value in data.items():
            yield prefix + name
            yield from _paths(value, f"{prefix}{name}.")


def keys_of_model(part: type[Part] = Clinic, prefix: str = "") -> Iterator[str]:
    for key in keys_of(part):
        yield prefix + key.name
        if key.part:
            yield from keys_of_model(key.part, f"{prefix}{key.name}.")


def needed_keys(part: type[Part] = Clinic, prefix: str = "") -> Iterator[str]:
    for key in keys_of(part):
        if key.required and key.part:
            yield from needed_keys(key.part, f"{prefix}{key.name}.")
        elif key.required:
            yield prefix + key.name


def test_somebody_else_s_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_whole(file, b"theirs")
    assert file.read_bytes() == b"mine"
    write_whole(file, b"theirs", replace=True)
    assert file.read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["clinic.yaml"]


def test_only_one_way_at_a_time(run: Run) -> None:
    done = run("new", "--blank", "--resume")
    assert done.returncode == 2 and "どれか 1 つ" in done.stderr
    assert run("new", "--resume").returncode == 1
