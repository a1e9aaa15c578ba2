"""The keys of clinic.yaml and their values: from the model, its JSON Schema and ``specs/keys.yaml``."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from oqsgen.clinic import words
from oqsgen.clinic.schema import json_schema
from oqsgen.explain.entry import Entry, named_rows, pages, told
from oqsgen.manual.rows import row
from oqsgen.resources import spec


class Key(NamedTuple):
    """A key by its path, as the schema has it; of a list, ``form`` is that of an item."""

    path: str
    form: dict[str, Any]
    is_list: bool
    required: bool
    below: tuple[str, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it may be, where there are some."""
        return tuple(word for word in self.form.get("enum", ()) if word is not None)

    def called(self, choice: str) -> str:
        """A word as it is written and called."""
        name = self.names[choice]
        return choice if words.plain(name) in ("", words.plain(choice)) else f"{choice}（{name}）"

    @property
    def names(self) -> dict[str, str]:
        """Word → what it is called."""
        return dict(
            zip(self.form.get("enum", ()), self.form.get("enumDescriptions", ()), strict=True)
        )


@cache
def keys() -> tuple[Key, ...]:
    """Every key, in the order of the model; those of ``override`` are keys of the clinic."""
    schema = json_schema()
    return tuple(_below(schema, schema["$defs"], ""))


def _below(part: dict[str, Any], parts: dict[str, Any], above: str) -> Iterator[Key]:
    for name, form in part["properties"].items():
        path = f"{above}{name}"
        is_list = "items" in form
        item = {**form, **form.get("items", {})}
        group = parts.get(_group(item), {"properties": {}})
        if name == "override":
            group = {"properties": {}}
        yield Key(path, item, is_list, name in part.get("required", ()), (*group["properties"],))
        yield from _below(group, parts, f"{path}.")


def _group(form: dict[str, Any]) -> str:
    first = next(iter(form.get("anyOf", ())), form)
    return str(first.get("$ref", "")).rpartition("/")[2]


def key_entries() -> Iterator[Entry]:
    """An entry for each key."""
    for key in keys():
        rows = _rows(key.path)
        below = "、".join(f"{key.path}.{name}" for name in key.below)
        yield Entry(
            "key",
            key.path,
            key.form["title"],
            key.form["description"],
            told(
                ("値", _values(key)),
                ("下の項目", below),
                ("書かないとき", _default(key)),
                ("書き方", words.form(key.path.rpartition(".")[2])),
                ("聞き方", _asked().get(key.path, "")),
                ("要件", named_rows(rows)),
                ("出典", pages(source for name in rows for source in row(name).source)),
            ),
        )


def value_entries() -> Iterator[Entry]:
    """An entry for each word that is a value."""
    for key in keys():
        for choice in key.choices:
            id = f"{key.path}={choice}"
            rows = _rows(id)
            yield Entry(
                "value",
                id,
                key.names[choice],
                f"{key.form['title']}（{key.path}）の値です。",
                told(
                    (
                        "ほかの値",
                        "、".join(key.called(c) for c in key.choices if c != choice),
                    ),
                    ("ほかの書き方", "、".join(_others(key, choice))),
                    ("要件", named_rows(rows)),
                    ("出典", pages(source for name in rows for source in row(name).source)),
                ),
            )


def _others(key: Key, choice: str) -> Iterator[str]:
    """What is read as ``choice`` besides its own name."""
    yield from (n for n in words.names(key.choices, choice) if n != key.names[choice])


def _rows(path: str) -> tuple[str, ...]:
    """The rows of a key or a value, or of the nearest above."""
    table = spec("keys")
    while path not in table:
        above = path.rpartition("=")[0] if "=" in path else path.rpartition(".")[0]
        if not above:
            return ()
        path = above
    return tuple(table[path])


@cache
def _asked() -> dict[str, str]:
    """Key → how the hearing sheet asks for it, and whom."""
    hearing = spec("hearing")
    return {
        above + question["key"]: _how_asked(question)
        for page, above in (("site", ""), ("terminals", "terminals."), ("readers", "readers."))
        for question in hearing[page]
        if "key" in question
    }


def _how_asked(question: Mapping[str, Any]) -> str:
    respondent = question.get("respondent", "").strip("–")
    write = question.get("write", "")
    told = [question["asks"], *([write] if write not in ("", "文字", "一覧から選ぶ") else [])]
    return "。".join([*told, *([f"聞く相手: {respondent}"] if respondent else [])])


def _values(key: Key) -> str:
    if key.choices:
        named = "、".join(map(key.called, key.choices))
        return f"次のものを並べたリスト: {named}" if key.is_list else named
    types = key.form.get("type", [])
    if "boolean" in types:
        day = "、日付" if "string" in types else ""
        return f"true（はい）、false（いいえ）{day}"
    if "minimum" in key.form:
        return f"{key.form['minimum']} から {key.form['maximum']} までの整数"
    return "リスト" if key.is_list else ""


def _default(key: Key) -> str:
    if key.required:
        missing = "エラーになります（必ず書きます）"
        return f"上の項目があれば、{missing}" if "." in key.path else missing
    default = key.form.get("default")
    if default is None:
        return "省略できます"
    if isinstance(default, bool):
        return "true（はい）" if default else "false（いいえ）"
    return key.called(default)
