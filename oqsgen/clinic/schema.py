"""The JSON Schema of a clinic's file, for editors: keys, words, forms, and in Japanese what each of them means.

It knows the file's own words alone; what ``oqsgen check`` understands besides (words of a hearing sheet, dates of
Excel) it refuses, so that an editor offers one way of writing. Checks across keys are ``oqsgen check``'s.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from oqsgen import __version__
from oqsgen.clinic import words
from oqsgen.clinic.model import Clinic
from oqsgen.clinic.values import optional_rows
from oqsgen.limits import CLINIC_ITEMS, CLINIC_TERMINALS
from oqsgen.manual.rows import row
from oqsgen.manual.sources import edition

SCHEMA_FILE = "clinic.schema.json"
"""The name under which ``oqsgen schema`` lies beside clinics' files."""

Schema = dict[str, Any]


def editor_line(schema: str = SCHEMA_FILE) -> str:
    """The first line of a clinic's file, which tells editors where its schema is: a path beside it, or an address."""
    return f"# yaml-language-server: $schema={schema}"


def schema_text() -> str:
    """The schema as it lies in a file, in UTF-8."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def json_schema() -> Schema:
    """JSON Schema 2020-12 of ``clinic.yaml``."""
    clinic = Clinic.model_json_schema(mode="validation")
    parts = {name: _part(part) for name, part in clinic.pop("$defs").items()}
    root = _part(clinic)
    root["properties"]["terminals"]["maxItems"] = CLINIC_TERMINALS.value
    parts["Skip"]["properties"]["id"] = _optional_row(parts["Skip"]["properties"]["id"])
    over = {name: key for name, key in root["properties"].items() if name != "terminals"}
    overrides = _overrides({**root, "properties": over}, parts, "Clinic")
    mine = parts["Terminal"]["properties"]["override"]
    parts["Terminal"]["properties"]["override"] = _or_null({**_said(mine), "$ref": _ref("Clinic")})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"oqsgen {__version__}, 資格確認端末のセットアップ {edition()}版",
        "title": "clinic.yaml",
        **root,
        "$defs": {**parts, **overrides},
    }


def _part(part: Schema) -> Schema:
    """A group of keys as pydantic gives it, in our form: no English titles, and an optional key may be empty."""
    required = part.get("required", [])
    keys = {
        name: _key(key, required=name in required)
        for name, key in part.get("properties", {}).items()
    }
    rest = {name: value for name, value in part.items() if name not in ("title", "properties")}
    return {**rest, "properties": keys}


def _key(key: Schema, *, required: bool) -> Schema:
    """A key: what it is in a few words and in more, its form, and what it is where nothing is written."""
    form = next((each for each in key.get("anyOf", ()) if each != {"type": "null"}), key)
    form = {field: value for field, value in {**key, **form}.items() if field not in _DROPPED}
    if "enum" in form:
        form = _choice(form)
    if form.get("type") == "array":
        form = _list(form)
    default = key.get("default")
    kept = {} if default is None or isinstance(default, dict | list) else {"default": default}
    title = re.split("[。（:]", key["description"])[0]
    return {"title": title, **(form if required else _or_null(form)), **kept}


_DROPPED = ("title", "anyOf", "default")


def _choice(form: Schema) -> Schema:
    """One of a few words, each with its Japanese name (``enumDescriptions``, as editors know it)."""
    choices = tuple(form["enum"])
    return {**form, "enumDescriptions": [words.title(choices, each) for each in choices]}


def _list(form: Schema) -> Schema:
    items = form["items"]
    if "enum" in items:
        items = _choice(items)
    unique = {} if "$ref" in items else {"uniqueItems": True}
    return {**form, "items": items, "maxItems": CLINIC_ITEMS.value, **unique}


def _or_null(form: Schema) -> Schema:
    """``form``, or nothing behind the colon."""
    if "$ref" in form:
        rest = {name: value for name, value in form.items() if name != "$ref"}
        return {**rest, "anyOf": [{"$ref": form["$ref"]}, {"type": "null"}]}
    types = form["type"] if isinstance(form["type"], list) else [form["type"]]
    words_too = {"enum": [*form["enum"], None]} if "enum" in form else {}
    named = {"enumDescriptions": [*form["enumDescriptions"], ""]} if "enum" in form else {}
    return {**form, "type": [*types, "null"], **words_too, **named}


def _said(form: Schema) -> Schema:
    return {name: form[name] for name in ("title", "description") if name in form}


def _optional_row(form: Schema) -> Schema:
    rows = optional_rows()
    titles = [row(each).title for each in rows]
    return {**_said(form), "type": "string", "enum": [*rows], "enumDescriptions": titles}


def _overrides(part: Schema, parts: Mapping[str, Schema], name: str) -> dict[str, Schema]:
    """The groups below ``override`` of a terminal: what stays as it is for all of them need not be repeated."""
    groups: dict[str, Schema] = {}
    keys: Schema = {}
    for key, form in part["properties"].items():
        group = _group(form)
        if group:
            groups |= _overrides(parts[group], parts, group)
            form = _or_null({**_said(form), "$ref": _ref(group)})
        keys[key] = form
    rest = {field: value for field, value in part.items() if field not in ("required", "$defs")}
    return {**groups, _override(name): {**rest, "properties": keys}}


def _group(form: Schema) -> str:
    """The group that a key holds; empty for lists and values."""
    first = next(iter(form.get("anyOf", ())), form)
    reference: str = first.get("$ref", "")
    return reference.rpartition("/")[2]


def _override(name: str) -> str:
    return f"{name}Override"


def _ref(name: str) -> str:
    return f"#/$defs/{_override(name)}"
