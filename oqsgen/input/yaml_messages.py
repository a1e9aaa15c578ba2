"""What PyYAML says about broken YAML, in Japanese and with what to do about it."""

import re

import yaml

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


def explain(error: yaml.MarkedYAMLError, text: str) -> str:
    """What to change so that ``text`` can be read; PyYAML's own words are never shown."""
    parser_text = f"{error.context or ''}; {error.problem or ''}"
    if "mapping values are not allowed" in parser_text:
        return _colon(error.problem_mark, text)
    for pattern, message in _MESSAGES:
        match = re.search(pattern, parser_text)
        if match:
            return message.replace("{sign}", match.groupdict().get("sign", ""))
    return (
        "YAMLの書き方が正しくありません。この行と上の行の字下げ、「:」、引用符を確かめてください。"
    )


def place_of(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """The mark to show: for an open quote or bracket where it opens, not where the file ends."""
    parser_text = f"{error.context or ''}; {error.problem or ''}"
    if error.context_mark and re.search(
        "quoted scalar; found unexpected|<stream end>", parser_text
    ):
        return error.context_mark
    return error.problem_mark or error.context_mark


def _colon(mark: yaml.Mark | None, text: str) -> str:
    lines = re.split(r"\r\n|\r|\n", text)
    line = lines[mark.line][: mark.column] if mark and mark.line < len(lines) else ""
    if re.search(r":\s", line) or line.startswith("---"):
        return (
            "1行に「: 」が2つあります。値の中に「:」と空白を書くときは、"
            "値全体を引用符 ' ' で囲んでください。"
        )
    return (
        "すぐ上の行の「:」のあとに半角の空白がないか、上の行に「:」がないか、"
        "この行の字下げが上の行とそろっていません。「項目名: 値」の形で、桁をそろえてください。"
    )
