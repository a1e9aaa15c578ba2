"""Which commands the PowerShell in ``templates/ps1`` uses, and with which parameters: read from its text.

A small reader of PowerShell, enough for code in our style; what it cannot read it reports, so that
nothing passes unseen. ``vocabulary.json`` is the list of Windows' own commands that may be used.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
VOCABULARY = Path(__file__).parent / "vocabulary.json"

KEYWORDS = frozenset(
    [
        "begin",
        "break",
        "catch",
        "class",
        "continue",
        "data",
        "default",
        "do",
        "else",
        "elseif",
        "end",
        "enum",
        "exit",
        "filter",
        "finally",
        "for",
        "foreach",
        "function",
        "if",
        "in",
        "param",
        "process",
        "return",
        "switch",
        "throw",
        "trap",
        "try",
        "until",
        "using",
        "while",
    ]
)
COMMON = frozenset(
    [
        "ErrorAction",
        "WarningAction",
        "Verbose",
        "Debug",
        "ErrorVariable",
        "WarningVariable",
        "Confirm",
        "WhatIf",
    ]
)
# After these a word is a command; after anything else it is an argument or a name.
_OPENS = frozenset(["\n", ";", "{", "(", "|", "=", "+=", "&", "return", "throw", "in", "!"])


@dataclass(frozen=True)
class Token:
    """``kind``: word, parameter, variable, string, type, number or mark (the text itself)."""

    kind: str
    text: str
    line: int


@dataclass
class Use:
    """One call of a command."""

    command: str
    line: int
    parameters: list[str] = field(default_factory=list)


class UnreadableError(Exception):
    """The text is not PowerShell as this reader knows it."""


_MARKS = re.compile(r"\+=|-=|\*=|/=|%=|\.\.|::|\+\+|--|2>&1|[{}()|;,=+*/%!<>.&@`:\]]")
_WORD = re.compile(r"[A-Za-z_][\w]*(?:-[A-Za-z]\w*)*(?:\.exe)?|\?|%(?=\s*\{)")
_PARAMETER = re.compile(r"-[A-Za-z]\w*:?")
_NUMBER = re.compile(r"-?(?:0x[0-9A-Fa-f]+|\d+(?:\.\d+)?)(?:[kmg]b)?", re.I)
_VARIABLE = re.compile(r"\$(?:\{[^}]*\}|(?:script:|env:|global:|using:)?\w+|[?$^])|@\w+")


def tokens(text: str, line: int = 1) -> Iterator[Token]:
    """The tokens of PowerShell text; what stands in ``$( )`` of a text follows its string token in ``( )``."""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\n":
            yield Token("mark", "\n", line)
            line += 1
            at += 1
        elif char in " \t\r\ufeff":
            at += 1
        elif char == "`" and text[at + 1 : at + 2] == "\n":
            line += 1
            at += 2
        elif text.startswith("<#", at):
            end = _find(text, "#>", at, line) + 2
            line += text.count("\n", at, end)
            at = end
        elif char == "#":
            at = _end_of_line(text, at)
        elif text[at : at + 2] in ("@'", '@"'):
            close = "\n" + text[at + 1] + "@"
            end = _find(text, close, at, line) + len(close)
            yield Token("string", text[at:end], line)
            line += text.count("\n", at, end)
            at = end
        elif char == "'":
            end = at + 1
            while True:
                end = _find(text, "'", end, line) + 1
                if text[end : end + 1] != "'":
                    break
                end += 1
            yield Token("string", text[at:end], line)
            line += text.count("\n", at, end)
            at = end
        elif char == '"':
            end, inner = _expandable(text, at, line)
            yield Token("string", text[at:end], line)
            for start, part in inner:
                yield Token("mark", "(", start)
                yield from tokens(part, start)
                yield Token("mark", ")", start)
            line += text.count("\n", at, end)
            at = end
        elif char == "[" and not (at and (text[at - 1].isalnum() or text[at - 1] in "_)]}'\"")):
            end = _closing(text, at, "[", "]", line)
            yield Token("type", text[at:end], line)
            line += text.count("\n", at, end)
            at = end
        elif match := _VARIABLE.match(text, at):
            yield Token("variable", match.group(), line)
            at = match.end()
        elif char == "$" and text[at + 1 : at + 2] == "(":
            at += 1
        elif char == "-" and (match := _PARAMETER.match(text, at)):
            yield Token("parameter", match.group().rstrip(":"), line)
            at = match.end()
        elif (match := _NUMBER.match(text, at)) and (
            char.isdigit() or not text[at - 1 : at].strip()
        ):
            yield Token("number", match.group(), line)
            at = match.end()
        elif match := _WORD.match(text, at):
            yield Token("word", match.group(), line)
            at = match.end()
        elif char == "[":
            yield Token("mark", "[", line)
            at += 1
        elif char == "-":
            yield Token("mark", "-", line)
            at += 1
        elif match := _MARKS.match(text, at):
            yield Token("mark", match.group(), line)
            at = match.end()
        else:
            raise UnreadableError(f"line {line}: {text[at : at + 20]!r}")


def _find(text: str, what: str, at: int, line: int) -> int:
    found = text.find(what, at)
    if found < 0:
        raise UnreadableError(f"line {line}: no {what!r}")
    return found


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _closing(text: str, at: int, opening: str, closing: str, line: int) -> int:
    depth = 0
    quote = ""
    for place in range(at, len(text)):
        char = text[place]
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char == opening:
            depth += 1
        elif char == closing:
            depth -= 1
            if depth == 0:
                return place + 1
    raise UnreadableError(f"line {line}: no {closing!r}")


def _expandable(text: str, at: int, line: int) -> tuple[int, list[tuple[int, str]]]:
    """The end of a text in double quotes, and the code in it, with its lines."""
    inner = []
    place = at + 1
    while place < len(text):
        if text[place] == "`":
            place += 2
        elif text.startswith("$(", place):
            end = _closing(text, place + 1, "(", ")", line)
            inner.append((line + text.count("\n", at, place), text[place + 2 : end - 1]))
            place = end
        elif text.startswith('""', place):
            place += 2
        elif text[place] == '"':
            return place + 1, inner
        else:
            place += 1
    raise UnreadableError(f"line {line}: no closing quote")


def uses(text: str) -> list[Use]:
    """Every call of a command by name."""
    all_tokens = list(tokens(text))
    found: list[Use] = []
    # One open call for each bracket: the arguments of a call may hold other calls.
    stack: list[Use | None] = [None]
    # What stood before each open bracket.
    openers: list[str] = []
    before: Token | None = None
    for index, token in enumerate(all_tokens):
        following = _next(all_tokens, index)
        is_mark = token.kind == "mark"
        if (
            token.kind == "word"
            and _opens_command(before)
            and not _is_name(token, before, following)
        ):
            if token.text.lower() not in KEYWORDS:
                call = Use(token.text, token.line)
                found.append(call)
                stack[-1] = call
        elif token.kind == "parameter" and stack[-1] is not None:
            stack[-1].parameters.append(token.text[1:])
        elif is_mark and token.text in "{(":
            stack.append(None)
            openers.append(before.text.lower() if before else "")
        elif is_mark and token.text in "})":
            if len(stack) == 1:
                raise UnreadableError(f"line {token.line}: {token.text!r} closes nothing")
            stack.pop()
            if openers.pop() == "param":
                # After param( ) a statement may follow on the same line.
                token = Token("mark", ";", token.line)
        elif (
            is_mark
            and token.text in "\n;|"
            and not (before is not None and before.text == "," and token.text == "\n")
        ):
            stack[-1] = None
        elif token.kind == "string" and before is not None and before.text == "&":
            raise UnreadableError(f"line {token.line}: a call by a text: {token.text}")
        before = token
    if len(stack) != 1:
        raise UnreadableError("brackets are open at the end")
    return found


_NEWER_VARIABLES = frozenset(["$iswindows", "$islinux", "$ismacos", "$iscoreclr", "$psstyle"])


def newer(text: str) -> list[str]:
    """What Windows PowerShell 5.1 does not understand, though PowerShell 7 does."""
    found = []
    before: Token | None = None
    for token in tokens(text):
        pair = (before.text if before else "") + token.text
        if token.kind == "word" and token.text == "?":
            found.append(f"line {token.line}: ?")
        elif token.kind == "mark" and pair in ("&&", "||"):
            found.append(f"line {token.line}: {pair}")
        elif token.kind == "variable" and token.text.lower() in _NEWER_VARIABLES:
            found.append(f"line {token.line}: {token.text}")
        elif token.kind == "mark" and token.text == "{" and before and before.text == "clean":
            found.append(f"line {token.line}: clean block")
        elif (
            token.kind == "string" and token.text[0] == '"' and re.search(r"`(?:u\{|e)", token.text)
        ):
            found.append(f"line {token.line}: escape in {token.text}")
        before = token
    return found


def _next(all_tokens: list[Token], index: int) -> Token | None:
    return all_tokens[index + 1] if index + 1 < len(all_tokens) else None


def _opens_command(before: Token | None) -> bool:
    if before is None:
        return True
    if before.kind == "type":
        return False
    return before.kind in ("mark", "word") and before.text.lower() in _OPENS


def _is_name(token: Token, before: Token | None, following: Token | None) -> bool:
    """A field of a hashtable (``name = …``), or the name after ``function``."""
    if before is not None and before.kind == "word" and before.text.lower() == "function":
        return True
    return following is not None and following.kind == "mark" and following.text == "="


@dataclass(frozen=True)
class Script:
    """One file: its own functions with their parameters, and its calls."""

    path: Path
    functions: Mapping[str, frozenset[str]]
    calls: tuple[Use, ...]


def read(path: Path) -> Script:
    """Reads one file. A template's ``{{ … }}`` lines are blanks."""
    text = re.sub(r"^\{\{.*\}\}$", "", path.read_text("utf-8-sig"), flags=re.M)
    return Script(path, functions(text), tuple(uses(text)))


def functions(text: str) -> dict[str, frozenset[str]]:
    """Functions that a text defines, each with the names of its parameters."""
    found: dict[str, frozenset[str]] = {}
    all_tokens = [token for token in tokens(text) if token.text != "\n"]
    for index, token in enumerate(all_tokens):
        if token.kind != "word" or token.text != "function":
            continue
        name = all_tokens[index + 1].text
        names: set[str] = set()
        place = index + 3
        if all_tokens[place].kind == "type":
            place += 1
        if all_tokens[place].text == "param":
            depth = 0
            for inner in all_tokens[place + 1 :]:
                depth += (
                    {"(": 1, "{": 1, ")": -1, "}": -1}.get(inner.text, 0)
                    if inner.kind == "mark"
                    else 0
                )
                if inner.kind == "variable" and depth == 1:
                    names.add(inner.text[1:])
                if depth == 0:
                    break
        found[name] = frozenset(names)
    return found


def scripts(folder: Path = ROOT / "templates" / "ps1") -> list[Script]:
    """Every part of ``terminal.ps1``, and its frame."""
    paths = sorted(folder.rglob("*.ps1")) + sorted(folder.rglob("*.ps1.j2"))
    return [read(path) for path in paths]


def problems(all_scripts: Iterable[Script], vocabulary: Mapping[str, Iterable[str]]) -> list[str]:
    """Calls of what is neither a function of our own nor in the vocabulary, and entries that nothing uses."""
    all_scripts = list(all_scripts)
    own = {
        name.lower(): names for script in all_scripts for name, names in script.functions.items()
    }
    known = {name.lower(): (name, frozenset(parameters)) for name, parameters in vocabulary.items()}
    used: dict[str, set[str]] = {name: set() for name in known}
    seen: set[str] = set()
    found = []
    for script in all_scripts:
        for call in script.calls:
            place = f"{script.path.name}:{call.line}: {call.command}"
            key = call.command.lower()
            if key in own:
                lower = {name.lower() for name in own[key]} | {name.lower() for name in COMMON}
                found += [
                    f"{place}: no parameter -{p}" for p in call.parameters if p.lower() not in lower
                ]
            elif key in known:
                name, parameters = known[key]
                if call.command != name:
                    found.append(f"{place}: write {name}")
                found += [
                    f"{place}: -{p} is not in the vocabulary"
                    for p in call.parameters
                    if p not in parameters
                ]
                used[key].update(call.parameters)
                seen.add(key)
            else:
                found.append(f"{place}: not in the vocabulary")
    for key, (name, parameters) in known.items():
        if key not in seen:
            found.append(f"vocabulary: {name} is not used")
        found += [f"vocabulary: {name} -{p} is not used" for p in sorted(parameters - used[key])]
    return found


def vocabulary() -> dict[str, list[str]]:
    """Windows' own commands that may be used, each with the parameters that may be."""
    data: dict[str, list[str]] = json.loads(VOCABULARY.read_text("utf-8"))
    return data
