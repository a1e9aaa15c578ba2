"""A clinic's keys while they are put together: texts with the place where somebody wrote them, and a document of them."""

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from oqsgen.clinic.problem_at import Where
from oqsgen.input.nodes import (
    NOWHERE,
    Document,
    Entry,
    Mapping,
    Node,
    Position,
    Scalar,
    Sequence,
)
from oqsgen.limits import CLINIC_DEPTH


@dataclass(frozen=True)
class Leaf:
    """One value as somebody wrote it; empty where it is still to be asked."""

    text: str
    position: Position = NOWHERE


Tree: TypeAlias = dict[str, "Branch"]
Branch: TypeAlias = Tree | list["Branch"] | Leaf


def steps(path: str) -> Where:
    """``terminals[0].name`` as keys and indexes."""
    return tuple(
        int(part[1:]) if part[0] == "[" else part
        for part in re.findall(r"\[[0-9]+|[^.\[\]]+", path)
    )


def put(tree: Tree, path: str, branch: Branch) -> None:
    """Set what stands at ``path``, of which every key is a group's."""
    *groups, last = path.split(".")
    for name in groups:
        inner = tree.setdefault(name, {})
        assert isinstance(inner, dict)
        tree = inner
    tree[last] = branch


def merged(base: Tree, over: Tree) -> Tree:
    """``base`` with what ``over`` says instead, group by group."""
    both = dict(base)
    for name, branch in over.items():
        mine = both.get(name)
        both[name] = (
            merged(mine, branch) if isinstance(mine, dict) and isinstance(branch, dict) else branch
        )
    return both


def of_data(data: Any, depth: int = CLINIC_DEPTH.value) -> Branch:
    """Plain JSON data as branches; what is null, or deeper than any clinic's file, is still to be asked."""
    if data is None or not depth:
        return Leaf("")
    if isinstance(data, dict):
        return {str(key): of_data(value, depth - 1) for key, value in data.items()}
    if isinstance(data, list):
        return [of_data(item, depth - 1) for item in data]
    if isinstance(data, bool):
        return Leaf(str(data).lower())
    return Leaf(str(data))


def document(file: str, tree: Tree) -> Document:
    """The tree as a clinic's file that was read."""
    root = _node("", tree)
    assert isinstance(root, Mapping)
    return Document(file, root)


def _node(path: str, branch: Branch) -> Node:
    if isinstance(branch, Leaf):
        # What was answered is never one of YAML's words for nothing.
        return Scalar(path, branch.position, branch.text, plain=not branch.text)
    if isinstance(branch, list):
        items = tuple(_node(f"{path}[{index}]", item) for index, item in enumerate(branch))
        return Sequence(path, NOWHERE, items)
    entries = (
        Entry(name, NOWHERE, _node(f"{path}.{name}" if path else name, each))
        for name, each in branch.items()
    )
    return Mapping(path, NOWHERE, tuple(entries))
