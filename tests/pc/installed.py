"""What installers and persons bring to a PC while a clinic's terminal is set up.

``installed.json`` says it row by row: where the plan of a terminal names a row, the PC has those
things afterwards. A value ``{"vendor": NAME}`` among the files is the file of that name in
``vendor/``, byte for byte.
"""

import base64
import json
from collections.abc import Mapping, Set
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ACCOUNT = "OqsComApp"


@cache
def _brought() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = json.loads((HERE / "installed.json").read_text("utf-8"))
    for machine in data.values():
        for path, content in machine.get("files", {}).items():
            if isinstance(content, dict) and "vendor" in content:
                raw = (HERE / "vendor" / content["vendor"]).read_bytes()
                machine["files"][path] = {"base64": base64.b64encode(raw).decode()}
    return data


@cache
def _of(person: str) -> dict[str, dict[str, Any]]:
    """What is brought, with that person's profile and stores of certificates in the place of OqsComApp's."""
    old, new = (json.dumps(rf"C:\Users\{name}")[1:-1] for name in (ACCOUNT, person))
    data: dict[str, dict[str, Any]] = json.loads(json.dumps(_brought()).replace(old, new))
    for machine in data.values():
        if stores := machine.get("certificates"):
            stores[person] = stores.pop(ACCOUNT)
    return data


def with_installed(
    machine: Mapping[str, Any], plan: Mapping[str, Any], without: Set[str] = frozenset()
) -> dict[str, Any]:
    """``machine`` with everything that is brought to the terminal of ``plan``, but for some rows."""
    return with_rows(machine, _rows_of(plan) & _brought().keys() - without)


def with_rows(machine: Mapping[str, Any], rows: Set[str], person: str = ACCOUNT) -> dict[str, Any]:
    """``machine`` with what these rows of ``installed.json`` bring, in its order, in that person's profile."""
    assert rows <= _brought().keys(), set(rows) - _brought().keys()
    result: dict[str, Any] = deepcopy(dict(machine))
    for row, brought in _of(person).items():
        if row in rows:
            # A folder that is there stays as it is.
            there = result.get("folders", {})
            new = {path: v for path, v in brought.get("folders", {}).items() if path not in there}
            _add(result, {**brought, "folders": new})
    return result


def with_own(machine: Mapping[str, Any], plan: Mapping[str, Any], person: str) -> dict[str, Any]:
    """``machine`` with what an earlier visit has left to that person alone: their certificates and what is in their profile."""
    rows = _rows_of(plan)
    result: dict[str, Any] = deepcopy(dict(machine))
    for row, brought in _of(person).items():
        if row in rows:
            files = {
                path: content
                for path, content in brought.get("files", {}).items()
                if path.startswith(rf"C:\Users\{person}")
            }
            _add(result, {"files": files, "certificates": brought.get("certificates", {})})
    return result


def _rows_of(plan: Mapping[str, Any]) -> set[str]:
    return {row for step in plan["steps"] for row in step["requirements"]}


def _add(old: dict[str, Any], new: Mapping[str, Any]) -> None:
    for name, value in new.items():
        if isinstance(value, dict) and isinstance(old.get(name), dict):
            _add(old[name], value)
        elif isinstance(value, list) and isinstance(old.get(name), list):
            old[name] = old[name] + value
        else:
            old[name] = deepcopy(value)
