"""What is said of a value or a key that is not as a clinic's file has it, and how it was read all the same."""

import re
from datetime import date

from oqsgen.clinic import dates, words
from oqsgen.input.nodes import Node, Position, Scalar
from oqsgen.text import NAMED_BLANKS, cut, hidden_character, named_blank, shown, trimmed

FINE = "このままでかまいません。"


def canonical(value: object, text: str) -> str:
    """A value as a clinic's file has it; ``text`` itself where that is only another spelling of YAML's."""
    if isinstance(value, bool):
        word = str(value).lower()
        return text if text in (word, word.title(), word.upper()) else word
    if isinstance(value, int) and text.isascii() and text.isdecimal():
        return text
    return value.isoformat() if isinstance(value, date) else str(value)


def read_as(node: Scalar, value: str, shown_as: str) -> tuple[Position, str]:
    """Where a value differs from ``value``, as which it is read, and what is said of it."""
    odd = _odd_blank(node.text)
    if odd is None:
        read = f"{cut(shown_as, 80)}{_blank(shown_as)}と読みました"
        return node.position, f"「{shown(node.text)}」は {read}。{FINE}"
    index, blank = odd
    before = trimmed(node.text[:index])
    side = "前" if not before else "中" if trimmed(node.text[index:]) else "後ろ"
    text = shown("".join(c for c in trimmed(node.text) if c != blank))
    read = "" if text == value else f"、{cut(shown_as, 80)}{_blank(shown_as)}と"
    message = f"「{text}」の{side}に{named_blank(blank)}があります。ないものとして{read}読みました。{FINE}"
    return node.place_of(index), message


def _odd_blank(text: str) -> tuple[int, str] | None:
    """The first blank around ``text`` that is no space, or the first character in it that nobody sees."""
    begin = len(text) - len(text.lstrip("".join(NAMED_BLANKS) + " "))
    end = begin + len(trimmed(text))
    around = (*range(begin), *range(end, len(text)))
    odd = next((index for index in around if text[index] in NAMED_BLANKS), None)
    return (odd, text[odd]) if odd is not None else hidden_character(text)


def _blank(before: str) -> str:
    return " " if before.isascii() else ""


def wrong_at(node: Scalar) -> Position:
    """Where a value is wrong: at the character that nobody sees, if it has one."""
    hidden = hidden_character(node.text)
    return node.place_of(hidden[0]) if hidden else node.position


def explained(code: str, message: str, hint: str) -> str:
    """A refusal with what the key is for, where somebody wrote another kind of thing."""
    if code != "BAD_TYPE" or not hint:
        return message
    return f"{message.removesuffix('。')}（{hint}）。"


def no_choice(text: str, choices: tuple[str, ...], meant: tuple[str, ...]) -> str:
    """A word that is none of the choices, or could be several of them."""
    if meant:
        names = [words.called(choices, choice) for choice in meant]
        all_of = " ".join(f"{name}{_blank(name)}とも" for name in names)
        return f"「{shown(text)}」は {all_of}読めます。どれかを書いてください。"
    hint = words.near(text, choices)
    all_of = "、".join(words.called(choices, choice) for choice in choices)
    remedy = words.otherwise(choices)
    return f"「{shown(text)}」は使えません。{all_of}{_blank(all_of[-1])}から選んでください{hint}。{remedy}"


def missing(path: str, hint: str) -> str:
    """A key that is not there, and how it is written where that is a group."""
    line = words.form(path.rpartition(".")[2])
    example = f"（例: {line}）" if line else f"（{hint}）"
    return f"「{path}」がありません。書いてください{example}。"


def to_be_asked(hint: str) -> str:
    """A key that has been left empty, and that a file can do without."""
    about = re.split("[。:：]", hint)[0]
    return (
        f"まだ空です。聞いて、書いてください（{about}）。空のままなら、項目がないときと同じです。"
    )


def no_group(node: Node) -> str:
    """Something else where a group of keys stands."""
    text = node.text if isinstance(node, Scalar) else ""
    if match := re.match(r"([A-Za-z_]+)[:：](?=\S)", text):
        return (
            f"「{match[1]}」のあとに半角の「:」と空白がありません。"
            f"「{match[1]}: 値」の形で書いてください。"
        )
    line = words.form(node.path.rpartition(".")[2])
    meant = _filled(line, text)
    example = f"（もしかして: {meant}）" if meant else f"（例: {line}）" if line else ""
    return f"「項目: 値」の形で、1つ下の段に書いてください{example}。"


_ONE_KEY = re.compile(r"(\w+: \{\w+: )[^,{}]*\}")
_PLAIN = re.compile(r"[^\W_][\w.-]*")
_TWO_TIMES = re.compile(r"(.+?)\s*(?:[-–~～〜]|から)\s*(.+?)(?:まで)?")


def _filled(form: str, text: str) -> str:
    """The form of a group with what somebody wrote in its place; empty where that is not one thing."""
    times = [dates.times(part) for part in _one_line(_TWO_TIMES, text)]
    if form.startswith("hours:") and [len(each) for each in times] == [1, 1]:
        return f'hours: {{open: "{times[0][0]}", close: "{times[1][0]}"}}'
    match = _ONE_KEY.fullmatch(form)
    if not match or not text or len(text) > LONGEST_VALUE or hidden_character(text):
        return ""
    return f"{match[1]}{text if _PLAIN.fullmatch(text) else _quoted(text)}}}"


def _one_line(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    match = pattern.fullmatch(text) if len(text) <= LONGEST_VALUE else None
    return match.groups() if match else ()


def no_list(name: str, node: Node, part: object) -> str:
    """Something else where a list stands."""
    line = words.form(name)
    if part is None and isinstance(node, Scalar):
        line = f"{name}: [{', '.join(map(_quoted, re.split(_SEPARATORS, node.text)))}]"
    if not line or len(line) > LONGEST_FORM:
        return "リストで書いてください（「- 」で始まる行を並べるか、[ ] で囲みます）。"
    return f"リストで書いてください（もしかして: {line}）。"


_SEPARATORS = r"\s*[;；,，、\s]\s*"
LONGEST_VALUE = 40
"""Characters of a value that is told as it is."""
LONGEST_FORM = 200
"""Characters of a form that is told; somebody's own list may have more."""


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def unknown_key(name: str, meant: str, names: list[str]) -> str:
    """A key that a group does not have."""
    end = f"（もしかして: {meant}）" if meant else f"（ここに書けるのは {'、'.join(names)}）"
    return f"「{shown(name)}」という項目はありません。名前を直すか、消してください{end}。"
