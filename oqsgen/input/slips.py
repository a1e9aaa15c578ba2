"""Slips in the signs of YAML that can be meant in one way alone: a full-width colon, no blank after a colon, a blank that
is none. They are told where they stand, and mended so that everything else is found in the same round.
"""

import re
from dataclasses import dataclass, field

from oqsgen.input.clinic_text import FileError
from oqsgen.input.nodes import Position
from oqsgen.text import NAMED_BLANKS, named_blank, shown

TAB = "タブ文字は使えません。半角の空白に置き換えてください（字下げは2文字ずつ）。"

ODD = "".join(NAMED_BLANKS)
_INDENTATION = re.compile(f"[ \t{ODD}]*")
_BLANKS = re.compile(f"[ {ODD}]*")
_DASH = re.compile(f"-(?=[ {ODD}]|$)")
_KEY = re.compile(r"[^\s:：,，{}\[\]#&*!|>'\"%@`?-][^\s:：,，{}\[\]'\"]*")
_WORD = re.compile("[A-Za-z_][A-Za-z0-9_-]*|[ぁ-んァ-ヶー一-龠々]+")
_QUOTED = {"'": re.compile("(?:[^']|'')*'"), '"': re.compile(r'(?:[^"\\]|\\.)*"')}
_COLON_BEHIND = re.compile(r"[^,{}\[\]'\"]*:(\s|$)")
"""A colon that is one, before the value ends."""
_COMMENT = re.compile(r"[ \t]#(?=[^\s#])")
_NEXT_KEY = re.compile(r"[，、]\s*[a-z_]+\s*[:：]")
_WIDTHS = {"\t": 2, "\u3000": 2, " ": 1, "\xa0": 1}
"""Columns that somebody means by a character at the beginning of a line; the others are not seen at all."""


@dataclass(frozen=True)
class Mended:
    """A text without its slips, and where each place of it stands in the text as written."""

    text: str
    slips: tuple[FileError, ...]
    _edits: dict[int, list[tuple[int, int]]]

    def original(self, line: int, column: int) -> Position:
        """The place as written; both count from 1."""
        for at, longer in self._edits.get(line, ()):
            column = column - longer if column > at + longer else min(column, at + 1)
        return Position(line, column)


@dataclass
class _Line:
    """One line, how far it is read, and what is changed in it."""

    number: int
    text: str
    at: int = 0
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    slips: list[FileError] = field(default_factory=list)

    def slip(self, message: str, at: int | None = None) -> None:
        position = Position(self.number, (self.at if at is None else at) + 1)
        self.slips.append(FileError("YAML_SYNTAX", message, position))

    def change(self, start: int, end: int, text: str) -> None:
        if self.text[start:end] != text:
            self.edits.append((start, end, text))

    def next(self, signs: str) -> bool:
        return self.text[self.at : self.at + 1] != "" and self.text[self.at] in signs

    def odd_at(self, at: int) -> bool:
        return self.text[at : at + 1] in NAMED_BLANKS

    def at_end(self) -> bool:
        return self.at >= len(self.text)


@dataclass
class _Open:
    """What the lines before have left open: brackets, a quote, and a value that goes on in deeper lines."""

    brackets: list[str] = field(default_factory=list)
    quote: str = ""
    value_of: int | None = None
    fresh: bool = False
    """Whether in brackets a value can begin here: inside of a text a quote is a sign like any other."""
    closed: bool = False
    """Whether in brackets a value has just ended that only a comma can follow."""


def mend(text: str) -> Mended:
    """``text`` without its slips."""
    pieces = re.split(r"(\r\n|\r|\n)", text)
    slips: list[FileError] = []
    edits: dict[int, list[tuple[int, int]]] = {}
    state = _Open()
    for index in range(0, len(pieces), 2):
        line = _Line(index // 2 + 1, pieces[index])
        _read_line(line, state)
        slips += line.slips
        if line.edits:
            pieces[index], edits[line.number] = _edited(line)
    return Mended("".join(pieces), tuple(slips), edits)


def _edited(line: _Line) -> tuple[str, list[tuple[int, int]]]:
    """The line with its edits, and from which column of the original on it is how much longer."""
    text, end, longer = "", 0, []
    for start, stop, new in line.edits:
        text += line.text[end:start] + new
        end = stop
        if len(new) != stop - start:
            longer.append((stop, len(new) - (stop - start)))
    return text + line.text[end:], longer


def _read_line(line: _Line, state: _Open) -> None:
    if state.quote:
        _quoted(line, state, state.quote)
    elif not state.brackets and not _begins(line, state):
        return
    if state.brackets:
        _in_brackets(line, state)


def _begins(line: _Line, state: _Open) -> bool:
    """Read the beginning of a line outside of brackets; False where nothing in it can be a slip."""
    blanks = _INDENTATION.match(line.text)
    line.at = blanks.end() if blanks else 0
    if line.at_end() or line.next("#"):
        if line.at_end() and line.text.strip(" \t"):
            _blanks_at_the_beginning(line)
        return False
    indentation = sum(_WIDTHS.get(c, 0) for c in line.text[: line.at])
    if state.value_of is not None and indentation > state.value_of:
        return False
    _blanks_at_the_beginning(line)
    state.value_of = indentation
    in_list = False
    # A second dash with another blank behind it is a text.
    while _DASH.match(line.text, line.at) and not (in_list and line.odd_at(line.at + 1)):
        start = line.at
        line.at += 1
        _blanks(line, "「-」のあと")
        state.value_of += line.at - start
        in_list = True
    if line.at_end() or not _key(line, in_list=in_list):
        state.value_of = indentation if not line.at_end() else None
    _value(line, state)
    return True


def _blanks_at_the_beginning(line: _Line) -> None:
    beginning = line.text[: line.at]
    for blank in dict.fromkeys(beginning.strip(" ")):
        if blank != " ":
            name = named_blank(blank)
            message = (
                f"行の頭に{name}があります。半角の空白に置き換えてください（字下げは2文字ずつ）。"
            )
            line.slip(TAB if blank == "\t" else message, beginning.index(blank))
    if beginning.strip(" "):
        width = 0 if line.at_end() else sum(_WIDTHS.get(c, 0) for c in beginning)
        line.change(0, line.at, " " * width)


def _blanks(line: _Line, where: str) -> None:
    """Go past blanks; those that YAML does not know are a slip."""
    match = _BLANKS.match(line.text, line.at)
    start, line.at = line.at, match.end() if match else line.at
    odd = line.text[start : line.at].strip(" ")
    if odd:
        message = f"{where}に{named_blank(odd[0])}があります。半角の空白に置き換えてください。"
        line.slip(message, line.text.index(odd[0], start))
        line.change(start, line.at, " ")


def _key(line: _Line, *, in_list: bool = False) -> bool:
    """Read a key and its colon; False, and nothing read, where there is none."""
    start = line.at
    quoted = _QUOTED.get(line.text[start : start + 1])
    match = quoted.match(line.text, start + 1) if quoted else _KEY.match(line.text, start)
    if not match:
        return False
    name, line.at = line.text[start : match.end()], match.end()
    while line.next(" "):
        line.at += 1
    is_text = in_list and not name.isascii()
    if line.next("：") and not is_text and not _COLON_BEHIND.match(line.text, line.at + 1):
        _full_width_colon(line, name)
    elif line.next(":"):
        line.at += 1
        if not _after_colon(line, name, in_list=in_list):
            line.at = start
            return False
    else:
        line.at = start
        return False
    return True


def _full_width_colon(line: _Line, name: str) -> None:
    line.slip(
        f"「{shown(name)}」のあとの「：」が全角です。半角の「:」にして、"
        "そのあとに半角の空白を入れてください。"
    )
    end = _BLANKS.match(line.text, line.at + 1)
    stop = end.end() if end else line.at + 1
    line.change(line.at, stop, ":" if stop == len(line.text) else ": ")
    line.at = stop


def _after_colon(line: _Line, name: str, *, in_list: bool) -> bool:
    """Go past what separates a key from its value; False where the colon belongs to a text."""
    if line.at_end() or line.next(" \t,}]"):
        _blanks(line, f"「{shown(name)}:」のあと")
        return True
    if line.next(ODD):
        _blanks(line, f"「{shown(name)}:」のあと")
        return True
    is_text = in_list or not _WORD.fullmatch(name) or line.text.startswith("//", line.at)
    if is_text or _COLON_BEHIND.match(line.text, line.at):
        return name[0] in _QUOTED
    line.slip(
        f"「{shown(name)}:」のあとに半角の空白がありません。「{shown(name)}: 値」の形で書いてください。"
    )
    line.change(line.at, line.at, " ")
    return True


def _value(line: _Line, state: _Open) -> None:
    """Read the beginning of a value outside of brackets."""
    if line.at_end() or line.next("#"):
        state.value_of = None
    elif line.next("'\""):
        state.value_of = None
        line.at += 1
        _quoted(line, state, line.text[line.at - 1])
    elif line.next("{["):
        state.value_of, state.fresh = None, True
        _in_brackets(line, state)
    else:
        if comment := _COMMENT.search(line.text, line.at):
            _cut(line, comment.end() - 1)
        line.at = len(line.text)


def _cut(line: _Line, at: int) -> None:
    """Tell of what YAML takes for a comment, and what may be the rest of a value."""
    # It may be the rest of a secret, which is said nowhere.
    message = (
        "「#」から後ろは注釈として読み飛ばします。"
        "値の一部なら、値全体を引用符 ' ' で囲んでください。"
    )
    position = Position(line.number, at + 1)
    line.slips.append(FileError("COMMENT_BEHIND", message, position, severity="info"))


def _quoted(line: _Line, state: _Open, quote: str) -> None:
    match = _QUOTED[quote].match(line.text, line.at)
    state.quote = "" if match else quote
    state.fresh, state.closed = False, bool(match)
    line.at = match.end() if match else len(line.text)


def _in_brackets(line: _Line, state: _Open) -> None:
    while not line.at_end():
        if line.next(" \t"):
            line.at += 1
        elif line.next("{[") and state.fresh:
            state.brackets.append(line.text[line.at])
            line.at += 1
            _key_in_brackets(line, state)
        elif line.next("}]"):
            del state.brackets[-1:]
            line.at += 1
            state.fresh, state.closed = False, True
            if not state.brackets:
                return
        elif line.next(",") or _is_comma(line, state):
            _comma(line, state)
        elif line.next("'\"") and state.fresh:
            line.at += 1
            _quoted(line, state, line.text[line.at - 1])
        elif line.next("#") and line.text[line.at - 1 : line.at] in ("", " ", "\t"):
            if _COMMENT.match(line.text, line.at - 1):
                _cut(line, line.at)
            line.at = len(line.text)
        else:
            line.at += 1
            state.fresh = _ends_key(line)


def _ends_key(line: _Line) -> bool:
    """Whether the sign before is the colon of a key, as of one that has a blank in it."""
    return line.text[line.at - 1] == ":" and (line.at_end() or line.next(" \t"))


def _is_comma(line: _Line, state: _Open) -> bool:
    if not line.next("，、"):
        return False
    in_mapping = state.brackets[-1:] == ["{"]
    return state.closed or (in_mapping and bool(_NEXT_KEY.match(line.text, line.at)))


def _comma(line: _Line, state: _Open) -> None:
    if not line.next(","):
        line.slip(f"「{line.text[line.at]}」が全角です。半角の「,」に置き換えてください。")
        line.change(line.at, line.at + 1, ",")
        if line.text[line.at + 1 : line.at + 2].strip():
            line.change(line.at + 1, line.at + 1, " ")
    line.at += 1
    _key_in_brackets(line, state)


def _key_in_brackets(line: _Line, state: _Open) -> None:
    state.fresh, state.closed = True, False
    _blanks(line, "ここ")
    if state.brackets[-1:] == ["{"]:
        _key(line)


def follows(error: FileError, slips: tuple[FileError, ...]) -> bool:
    """Whether a slip in the same line or the one before is the likely cause of an error."""
    errors = [slip for slip in slips if slip.severity == "error"]
    return any(error.position.line - slip.position.line in (0, 1) for slip in errors)
