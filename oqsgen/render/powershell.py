"""``terminal.ps1``: the fixed parts and the plan as JSON in a single-quoted here-string."""

import codecs
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from oqsgen.resources import folder

RUNTIME = "runtime"
"""The folder of the engine; every other folder of ``templates/ps1`` is a subject."""

# Text that a person reads stays readable; everything else that JSON may carry is escaped, so that
# no quote of PowerShell's, no line end and no invisible character is ever in the script's text; nor
# "#", with which a name could look like the beginning of a signature.
_ESCAPED = re.compile(r"[^\n\x20-\x22\x24-\x7e\u3000-\u30ff\u3400-\u9fff\uff01-\uff9f]")

# A line of a here-string for Add-Type: the C# of a file beside the part; "*" is that of the whole native layer.
_CSHARP = re.compile(r"^\{\{ ([a-z0-9-]+|\*)\.cs \}\}$", re.MULTILINE)


_PLAN = "\0"
_encode = json.JSONEncoder(ensure_ascii=False).encode


def plan_json(plan: dict[str, Any]) -> str:
    """``plan`` as JSON text that can stand in a single-quoted here-string.

    No line begins with a quotation mark that PowerShell knows, so none can end the here-string.
    """
    return _ESCAPED.sub(_escape, _object(plan, " "))


def _object(fields: dict[str, Any], indent: str) -> str:
    """Each field in a line of its own, and so the fields of the objects of a list of them."""
    lines = (f"{indent}{_encode(name)}: {_value(value, indent)}" for name, value in fields.items())
    return "{\n" + ",\n".join(lines) + f"\n{indent[1:]}}}"


def _value(value: Any, indent: str) -> str:
    if len(indent) == 1 and isinstance(value, list) and _are_objects(value):
        return "[" + ", ".join(_object(each, indent + " ") for each in value) + f"\n{indent}]"
    return _encode(value)


def _are_objects(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(each, dict) for each in values)


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def part_files() -> list[Path]:
    """The files of ``templates/ps1`` in the order in which they are joined: runtime, then subjects."""
    top = folder("templates") / "ps1"
    files = (path for path in top.glob("*/*.ps1") if not path.name.startswith("."))
    return sorted(
        files, key=lambda path: (path.parent.name != RUNTIME, path.parent.name, path.name)
    )


@cache
def parts() -> str:
    """Runtime and every subject: the same text in every bundle of a version."""
    return joined(part_files())


def joined(files: Iterable[Path]) -> str:
    """The text of PowerShell files one after the other, with the C# that they name in its place."""
    return "\n".join(_with_csharp(path).strip("\n") + "\n" for path in files)


def _with_csharp(path: Path) -> str:
    def csharp(match: re.Match[str]) -> str:
        if match[1] == "*":
            return native_csharp()
        return path.with_name(f"{match[1]}.cs").read_text("utf-8").strip("\n")

    return _CSHARP.sub(csharp, path.read_text("utf-8"))


@cache
def native_csharp() -> str:
    """All C# but what a part names by itself, as one text: namespaces in use come first."""
    top = folder("templates") / "ps1"
    files = [
        path
        for path in sorted(top.glob("*/*.cs"))
        if path.with_suffix(".native.ps1").is_file() or not path.with_suffix(".ps1").is_file()
    ]
    lines = [line for path in files for line in path.read_text("utf-8").splitlines()]
    uses = {line for line in lines if line.startswith("using ")}
    return "\n".join([*sorted(uses), *(line for line in lines if line not in uses)])


def terminal_script(plan: dict[str, Any]) -> bytes:
    """The script for ``plan``, unsigned: UTF-8 with BOM, CRLF."""
    before, after = _around_plan()
    return before + plan_json(plan).replace("\n", "\r\n").encode("utf-8") + after


@cache
def _around_plan() -> tuple[bytes, bytes]:
    """What stands before and after the plan: the same bytes in every bundle of a version."""
    source = (folder("templates") / "ps1" / RUNTIME / "terminal.ps1.j2").read_text("utf-8")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    text = environment.from_string(source).render(parts=parts(), plan=_PLAN)
    before, after = text.replace("\n", "\r\n").encode("utf-8").split(_PLAN.encode())
    return codecs.BOM_UTF8 + before, after
