"""Reading YAML: scalars as written, positions, and every problem of the text itself."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from oqsgen.input.nodes import Document, Mapping, Position, Scalar, Sequence, walk
from oqsgen.input.problems import Problem
from oqsgen.input.yaml_reader import load
from tests.messages import said


def read(folder: Path, text: str | bytes) -> tuple[Document | None, list[Problem]]:
    path = folder / "clinic.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(path)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "written",
    [
        "0110113719",
        "18:30",
        "no",
        "1e5",
        "０９:００",
        "0x1F",
        "~x",
        "2026-10-01",
        "1_000",
        "=",
        ".5",
    ],
)
def test_scalars_stay_as_written(tmp_path: Path, written: str) -> None:
    document, problems = read(tmp_path, f"a: {written}\nb: '{written}'\nc: [\"{written}\"]\n")
    assert document and not problems
    texts = [(n.text, n.plain) for _, n in walk(document.root) if isinstance(n, Scalar)]
    assert texts == [(written, True), (written, False), (written, False)]


def test_keys_and_values_know_their_place(tmp_path: Path) -> None:
    document, _ = read(tmp_path, "漢字: {b: 葛󠄀, c: x}\nd:\n  - e: 1\n  - 2\n")
    assert document
    first = document.root.entries[0].value
    assert isinstance(first, Mapping)
    assert [entry.position for entry in first.entries] == [Position(1, 6), Position(1, 13)]
    assert first.entries[1].value.position == Position(1, 16)
    second = document.root.entries[1]
    assert second.position == Position(2, 1)
    assert isinstance(second.value, Sequence)
    assert [item.position for item in second.value.items] == [Position(3, 5), Position(4, 5)]
    assert [node.path for _, node in walk(second.value)] == ["d", "d[0]", "d[0].e", "d[1]"]


def test_every_duplicate_key_is_found_and_the_first_counts(tmp_path: Path) -> None:
    document, problems = read(tmp_path, "a: 1\nb: {c: 1, c: {d: 2}}\na: 3\na: 4\n")
    assert document
    assert [(p.code, p.line, p.column, p.path) for p in problems] == [
        ("DUPLICATE_KEY", 2, 11, "b.c"),
        ("DUPLICATE_KEY", 3, 1, "a"),
        ("DUPLICATE_KEY", 4, 1, "a"),
    ]
    value = document.root.entries[0].value
    assert isinstance(value, Scalar) and value.text == "1"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    document, problems = read(tmp_path, end.join(["a: 1", "", "b: 2"]))
    assert document and not problems
    assert [(e.key, e.position) for e in document.root.entries] == [
        ("a", Position(1, 1)),
        ("b", Position(3, 1)),
    ]


def test_byte_order_mark_is_taken(tmp_path: Path) -> None:
    document, problems = read(tmp_path, b"\xef\xbb\xbfa: 1\n")
    assert document and not problems
    assert document.root.entries[0].position == Position(1, 1)


@pytest.mark.parametrize(
    ("text", "words", "position"),
    [
        ("a: b: c", "2つ", (1, 5)),
        ("a\nb: 1", "「:」がありません", (1, 1)),
        ("x:\n  a\n  b: 1", "「:」がありません", (2, 3)),
        ("a: 1\n  b: 1", "字下げ", (2, 4)),
        ("a: 'x\nb: 1", "引用符が閉じて", (1, 4)),
        ('a: "x\nb: 1', "引用符が閉じて", (1, 4)),
        ("a: [1, 2", "括弧", (1, 4)),
        ("a: {b: 1", "括弧", (1, 4)),
        ("a: [1}", "括弧", (1, 6)),
        ("a: ]", "括弧", (1, 4)),
        ("{a: 1}}", "括弧", (1, 7)),
        ("a:\n  b: 1\n c: 2", "字下げ", (3, 2)),
        ("a: 1\n- b", "「- 」", (2, 1)),
        ("a: - b", "「- 」", (1, 4)),
        ("a: *.example.jp", "引用符で囲んで", (1, 5)),
        ("a: @b", "「@」", (1, 4)),
        ("a: `b", "「`」", (1, 4)),
        ("a: 'b' c", "余分", (1, 8)),
        ('a: "\\q"', "「\\」", (1, 6)),
        ("a: 1\n---\nb: 1", "2つ", (2, 1)),
        ("? [a]\n: b", "項目名", (1, 3)),
    ],
)
def test_broken_yaml_says_what_to_do(
    tmp_path: Path, text: str, words: str, position: tuple[int, int]
) -> None:
    document, problems = read(tmp_path, text)
    assert document is None
    assert codes(problems) == ["YAML_SYNTAX"]
    assert words in problems[0].message
    assert (problems[0].line, problems[0].column) == position


@pytest.mark.parametrize("text", ["a: &x 1", "a: *x", "<<: {a: 1}", "a: !!str 1", "a: ! 1"])
def test_features_beyond_plain_yaml_are_refused(tmp_path: Path, text: str) -> None:
    document, problems = read(tmp_path, text)
    assert document is None and codes(problems) == ["YAML_FEATURE"]


@pytest.mark.parametrize("text", ["", "   \n", "# x\n", "---\n", "~", "\ufeff"])
def test_empty(tmp_path: Path, text: str) -> None:
    document, problems = read(tmp_path, text)
    assert document is None and codes(problems) == ["FILE_EMPTY"]


@pytest.mark.parametrize("text", ["- a", "[]", "text", "'~'"])
def test_not_a_mapping(tmp_path: Path, text: str) -> None:
    document, problems = read(tmp_path, text)
    assert document is None and codes(problems) == ["BAD_TYPE"]


def test_duplicates_are_reported_beside_a_syntax_error(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "a: 1\na: 2\nb: 'x\n")
    assert codes(problems) == ["DUPLICATE_KEY", "YAML_SYNTAX"]


@given(text=st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=300))
def test_any_text_gives_a_document_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    document, problems = read(tmp_path_factory.getbasetemp(), text)
    assert document or problems
    lines = len(text.splitlines()) + 1
    for problem in problems:
        assert problem.message and 0 <= problem.line <= lines
        said([problem]).encode()


@given(data=st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    document, problems = read(tmp_path_factory.getbasetemp(), data)
    assert document or problems


@given(text=st.text(alphabet=" -:[]{}'\"&*!#|>%@`?,\\\n\ta0~<", max_size=60))
def test_any_signs_of_yaml_give_a_document_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    document, problems = read(tmp_path_factory.getbasetemp(), text)
    assert document or problems


WORDS = st.text(alphabet="abcあ葛09:-_ .", min_size=1, max_size=8).map(str.strip).filter(bool)
TREES = st.dictionaries(
    WORDS,
    st.recursive(
        WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3)
    ),
    min_size=1,
    max_size=4,
)


@given(tree=TREES, flow=st.sampled_from([None, True, False]))
def test_places_point_at_the_text(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, object], flow: bool | None
) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=10**6)
    document, problems = read(tmp_path_factory.getbasetemp(), text)
    assert document and not problems
    lines = text.split("\n")
    for entry, node in walk(document.root):
        if entry:
            rest = lines[entry.position.line - 1][entry.position.column - 1 :]
            assert rest.lstrip("'\"? ").startswith(entry.key)
        if isinstance(node, Scalar):
            rest = lines[node.position.line - 1][node.position.column - 1 :]
            assert rest.lstrip("'\"").startswith(node.text)
