"""What PyYAML says about broken YAML, in Japanese and with what to do about it."""

import re

import yaml

from oqsgen.input.nodes import NOWHERE, Position

_TAB = "タブ文字は使えません。半角の空白に置き換えてください（字下げは2文字ずつ）。"
_QUOTE = "引用符が閉じていません。対になる引用符を書いてください。"
_BRACKET = (
    "括弧が閉じていないか、値の区切りの「,」がありません。{ } と [ ] の対を確かめてください。"
)
_INDENT = "字下げがそろっていません。同じ段の項目は、同じ桁から書き始めてください。"
_ITEM = "リストの「- 」の位置が正しくありません。改行して、項目名より深く字下げしてください。"

# Searched in this order in "context; problem" of PyYAML's errors.
_MESSAGES = (
    (r"character '\\t'", _TAB),
    (
        r"found character '(?P<sign>.)'",
        "値を「{sign}」で始めるときは、値全体を引用符 ' ' で囲んでください。",
    ),
    (r"scanning an alias", "「*」で始まる値は、'*.example.jp' のように引用符で囲んでください。"),
    (r"scanning an anchor", "「&」で始まる値は、引用符 ' ' で囲んでください。"),
    (
        r"scanning a tag|parsing a tag|tag handle|tag URI",
        "「!」で始まる値は、引用符 ' ' で囲んでください。",
    ),
    (r"scanning a block scalar", "「|」か「>」で始まる値は、引用符 ' ' で囲んでください。"),
    (
        r"double-quoted scalar; (found unknown escape|expected escape)",
        "\" \" の中の「\\」は特別な意味を持ちます。' ' で囲むとそのまま書けます。",
    ),
    (r"quoted scalar", _QUOTE),
    (r"flow (sequence|mapping)|node content, but found '[\]}]'", _BRACKET),
    (r"document start>', but found '[\]}]'", _BRACKET),
    (r"directive|YAML document|document start>'", "「%」や「...」で始まる行は消してください。"),
    (r"sequence entries are not allowed", _ITEM),
    (r"block end>, but found '-'|block collection", _ITEM),
    (r"block end>', but found '-'", _ITEM),
    (
        r"found '<scalar>'",
        "引用符のあとに余分な文字があります。値全体を1組の引用符で囲んでください。",
    ),
    (
        r"could not find expected ':'",
        "項目名のあとの「:」と半角の空白がありません。「項目名: 値」の形で書いてください。",
    ),
    (r"block mapping", _INDENT),
)


def explain(error: yaml.MarkedYAMLError, text: str) -> tuple[str, Position]:
    """What to change so that ``text`` can be read, and where; PyYAML's own words are never shown."""
    parser_text = f"{error.context or ''}; {error.problem or ''}"
    if "mapping values are not allowed" in parser_text:
        return _colon(error.problem_mark, text)
    for pattern, message in _MESSAGES:
        match = re.search(pattern, parser_text)
        if match:
            return message.replace("{sign}", match.groupdict().get("sign", "")), _place(
                error, parser_text
            )
    return (
        "YAMLの書き方が正しくありません。この行と上の行の字下げ、「:」、引用符を確かめてください。",
        _place(error, parser_text),
    )


_BEGINS = "quoted scalar; found unexpected|<stream end>|could not find expected ':'"
"""Where the place is where something begins that does not end, not where that was noticed."""


def _place(error: yaml.MarkedYAMLError, parser_text: str) -> Position:
    if error.context_mark and re.search(_BEGINS, parser_text):
        return _position(error.context_mark)
    return _position(error.problem_mark or error.context_mark)


def _position(mark: yaml.Mark | None) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark else NOWHERE


def _colon(mark: yaml.Mark | None, text: str) -> tuple[str, Position]:
    lines = re.split(r"\r\n|\r|\n", text)
    number = mark.line if mark and mark.line < len(lines) else 0
    line = lines[number][: mark.column] if mark else ""
    if re.search(r":\s", line) or line.startswith("---"):
        return (
            "1行に「: 」が2つあります。値の中に「:」と空白を書くときは、"
            "値全体を引用符 ' ' で囲んでください。"
        ), _position(mark)
    above = next((n for n in range(number - 1, -1, -1) if lines[n].strip()), None)
    if mark is not None and above is not None and not re.search(r":(\s|$)", lines[above]):
        column = len(lines[above]) - len(lines[above].lstrip())
        return "この行に「:」がありません。「項目名: 値」の形で書いてください。", Position(
            above + 1, column + 1
        )
    return (
        "この行の字下げが上の行とそろっていません。同じ段の項目は、同じ桁から書き始めてください。"
    ), _position(mark)
