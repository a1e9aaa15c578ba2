"""No file may hold a secret: keys that look like one are refused, their values never repeated."""

import re
from collections.abc import Iterator, Sequence

from oqsgen.clinic.problem_at import problem
from oqsgen.input.clinic_text import lines_of
from oqsgen.input.nodes import Mapping, walk
from oqsgen.input.problems import Problem
from oqsgen.text import half_width, shown

_WORDS = {"pass", "pw", "pwd", "pin", "secret", "token", "credential", "credentials", "himitsu"}
_PARTS = ("password", "passwd", "passphrase", "passcode", "apikey", "privatekey", "secretkey")
_SIGN = r"\s:：=＝,，{}\[\]'\""
_NAME = re.compile(rf"(?<![^{_SIGN}])[^{_SIGN}]++(?=[\"']?\s*[:：=＝])")
_KEY_BEGINS = re.compile(rf"\s*(-\s+)*[\"']?[^{_SIGN}]++[\"']?\s*[:：]")
_JAPANESE = ("パスワード", "パスフレーズ", "暗証", "秘密")


def looks_secret(key: str) -> bool:
    """Whether a key's name promises a secret: ``password``, ``wifi_pass``, ``apiKey``, 暗証番号."""
    plain = half_width(key)
    words = re.findall("[A-Z]?[a-z]+|[A-Z]+(?![a-z])", plain)
    joined = re.sub("[^a-z]", "", plain.lower())
    return (
        any(word.lower() in _WORDS for word in words)
        or any(part in joined for part in _PARTS)
        or any(word in plain for word in _JAPANESE)
    )


def secrets_in(file: str, root: Mapping) -> Iterator[Problem]:
    """One problem for each key that looks like a secret, at any depth."""
    for entry, node in walk(root):
        if entry and looks_secret(entry.key):
            yield problem(
                file,
                entry.position,
                node.path,
                "SECRET_IN_PROFILE",
                f"「{shown(entry.key)}」は秘密の値のようです。このファイルには書けません。"
                "行ごと消してください（必要な値は端末で入力します）。",
            )


def without_secrets(text: str) -> Sequence[str]:
    """The lines of a file, to be shown: nothing of what follows a key that looks like a secret.

    That is the rest of its line, and all lines until a key that is not below it.
    """
    lines: list[str] = []
    depth: int | None = None
    for line in lines_of(text):
        indentation = len(line) - len(line.lstrip())
        if depth is not None and (indentation > depth or not _KEY_BEGINS.match(line)):
            lines.append("")
            continue
        depth = None
        for name in _NAME.finditer(line):
            if looks_secret(name[0]):
                depth = indentation
                line = line[: name.end()] + ": (表示しません)"
                break
        lines.append(line)
    return lines
