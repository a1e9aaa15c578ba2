"""Slips in YAML's signs: told where they stand, and everything behind them is read as it is meant."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from oqsgen.input.nodes import Entry, Mapping, Node, Scalar, Sequence, walk
from oqsgen.input.slips import mend
from tests import ROOT
from tests.input.test_yaml_reader import TREES, read

NBSP, WIDE, ZERO = "\xa0", "\u3000", "\u200b"

SLIPS = [
    ("facility：\n  name: さくら", "「：」が全角", [(1, 9)]),
    ("facility:\n  name：さくら", "「：」が全角", [(2, 7)]),
    ("facility:\n  name： さくら", "「：」が全角", [(2, 7)]),
    ("facility: {name：さくら}", "「：」が全角", [(1, 16)]),
    ("facility: {code: 1， name： さくら}", "全角", [(1, 19), (1, 25)]),
    ("facility:\n  name:さくら", "空白がありません", [(2, 8)]),
    ("facility: {code:1, name:さくら}", "空白がありません", [(1, 17), (1, 25)]),
    (f"facility:{WIDE}{{name: さくら}}", "全角の空白 U+3000", [(1, 10)]),
    (f"facility:\n  name:{NBSP}さくら", "NBSP", [(2, 8)]),
    (f"facility:\n  name: {ZERO}さくら", "幅のない空白 U+200B", [(2, 9)]),
    (f"facility:\n{WIDE}name: さくら", "行の頭に全角の空白 U+3000", [(2, 1)]),
    (f"facility:\n {NBSP}name: さくら", "行の頭に改行しない空白", [(2, 2)]),
    (f"{ZERO}facility:\n  name: さくら", "行の頭に幅のない空白", [(1, 1)]),
    (f"{WIDE}\nfacility:\n  name: さくら", "行の頭に全角の空白", [(1, 1)]),
    ("facility:\n\tname: さくら", "タブ", [(2, 1)]),
    (f"facility: {{code: 1,{WIDE}name: さくら}}", "全角の空白", [(1, 20)]),
]


@pytest.mark.parametrize(("text", "words", "places"), SLIPS, ids=range(len(SLIPS)))
def test_a_slip_is_told_where_it_stands_and_read_over(
    text: str, words: str, places: list[tuple[int, int]], tmp_path: Path
) -> None:
    document, problems = read(tmp_path, text)
    assert [(p.code, p.line, p.column) for p in problems] == [("YAML_SYNTAX", *p) for p in places]
    assert all(words in problem.message for problem in problems)
    assert document
    facility = document.root.entries[0]
    assert facility.key == "facility" and isinstance(facility.value, Mapping)
    name = facility.value.get("name")
    assert name and isinstance(name.value, Scalar) and name.value.text == "さくら"
    assert_in_place(text, name)


def assert_in_place(text: str, entry: Entry) -> None:
    """Key and value are where they stand in the text as written."""
    lines = text.split("\n")
    for position, word in ((entry.position, entry.key), (entry.value.position, "さくら")):
        assert lines[position.line - 1][position.column - 1 :].startswith(word)


@pytest.mark.parametrize(
    "text",
    [
        "a: http://x\nb: 1",
        "a:\n  http://x",
        "a:\n  - localhost:8080\n  - '受付：1'",
        "a: 受付：1",
        "a: {b: 受付：1, c: [x:1, ：]}",
        "a: 'x：y'\nb: \"c：d\"",
        "a: あ\n  い：う\nb: 1",
        "a: |\n  い：う\n  b:c\nd: 1",
        "a: 'い\n  う：え'\nb: 1",
        "# コード：1\na: 1  # 名前：2",
        "a:b: 1\nあ：い: 2",
        "a: 東京\u3000内科",
        "a: {b: 東京、大阪, c: 1}",
        "hours:\n  9:00-18:30",
        "- 受付：1",
        "{b: it's, c: 'x, y：z'}",
        '{b: 5" x, c: "x, y：z"}',
        "{b: [\"x、y\", 'z、a：b'], c: 1}",
    ],
    ids=repr,
)
def test_what_may_be_meant_as_it_stands_is_left(text: str) -> None:
    mended = mend(text)
    assert (mended.text, mended.slips) == (text, ())


def test_comments_are_no_errors_however_many(tmp_path: Path) -> None:
    document, problems = read(tmp_path, "".join(f"a{n}: 1 #{n}\n" for n in range(300)))
    assert document and len(problems) == 300
    assert {(p.code, p.severity, p.column) for p in problems[:10]} == {
        ("COMMENT_BEHIND", "info", 7)
    }


def test_slips_without_end_end_the_reading(tmp_path: Path) -> None:
    document, problems = read(tmp_path, "".join(f"a{n}：1\n" for n in range(300)))
    assert document is None and {p.code for p in problems} == {"YAML_SYNTAX"}


FILES = [*(ROOT / "specs").rglob("*.yaml")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_without_slips_are_left(path: Path) -> None:
    text = path.read_text("utf-8")
    assert mend(text).text == text


@example(tree={"9 0": {"7": "0"}, "9": "00000000 " * 9 + "_:"}, flow=True)
@given(tree=TREES, flow=st.sampled_from([None, True, False]))
def test_what_a_program_wrote_is_left(tree: dict[str, object], flow: bool | None) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow)
    mended = mend(text)
    assert (mended.text, mended.slips) == (text, ())


SIGNS = (
    st.text(alphabet="aあ,、，'\"#{}[]:：- \u3000|", min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool)
)


NAMES = st.text(alphabet="abあ葛_", min_size=1, max_size=4)


@given(
    tree=st.dictionaries(
        NAMES, SIGNS | st.lists(SIGNS) | st.dictionaries(NAMES, SIGNS), min_size=1
    ),
    flow=st.sampled_from([None, True, False]),
)
def test_what_a_program_wrote_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, object], flow: bool | None
) -> None:
    """Whatever signs stand in its values, but where an item of a list looks like a key with a slip."""
    assume(
        not re.search(
            r"""[a-z][^\s:：,，{}\[\]'"]*：|^-[　 ]""", "\n".join(values(tree)), re.MULTILINE
        )
    )
    text = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=flow, width=10**6)
    document, problems = read(tmp_path_factory.getbasetemp(), text)
    assert document and not problems
    assert plain(document.root) == tree


def values(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    for value in (
        tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    ):
        yield from values(value)


def plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {entry.key: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items] if isinstance(node, Sequence) else node.text


@given(text=st.text(alphabet=" -:：，[]{}'\"#|\n\t\u3000\xa0\u200bab", max_size=60))
def test_places_lie_in_the_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    lines = text.split("\n")
    document, problems = read(tmp_path_factory.getbasetemp(), text)
    for problem in problems:
        assert problem.line <= len(lines) and problem.column <= len(lines[problem.line - 1]) + 1
    for entry, node in walk(document.root) if document else ():
        for position in (entry.position if entry else node.position, node.position):
            assert position.column <= len(lines[position.line - 1]) + 1
    again = mend(mend(text).text)
    assert again.slips == () or mend(text).slips


def test_what_may_be_the_rest_of_a_secret_is_said_nowhere(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "company: 見本 #password: hunter2\nwifi_password: Abc1 #x9Z\n")
    told = " ".join(problem.message for problem in problems)
    assert "注釈として" in told and "hunter2" not in told and "x9Z" not in told
