"""``override:`` of a terminal, laid over the keys of the clinic; every node keeps its place."""

from collections.abc import Iterator

from oqsgen.clinic.problem_at import problem
from oqsgen.input.nodes import Entry, Mapping, Scalar, Sequence
from oqsgen.input.problems import Problem


def one_root_each(file: str, root: Mapping) -> tuple[list[Mapping], list[Problem]]:
    """For each terminal the keys that hold for it alone, with that terminal as the only one."""
    terminals = root.get("terminals")
    if not terminals or not isinstance(terminals.value, Sequence) or not terminals.value.items:
        return [root], []
    roots: list[Mapping] = []
    problems: list[Problem] = []
    for item in terminals.value.items:
        override = item.get("override") if isinstance(item, Mapping) else None
        merged = root
        if override and isinstance(item, Mapping):
            item = Mapping(
                item.path, item.position, tuple(e for e in item.entries if e.key != "override")
            )
            problems.extend(_refused(file, override))
            if isinstance(override.value, Mapping):
                merged = _merge(root, override.value)
        only = Sequence(terminals.value.path, terminals.value.position, (item,))
        entries = tuple(e for e in merged.entries if e.key != "terminals")
        entries += (Entry("terminals", terminals.position, only),)
        roots.append(Mapping(root.path, root.position, entries))
    return roots, problems


def _refused(file: str, override: Entry) -> Iterator[Problem]:
    node = override.value
    if isinstance(node, Mapping):
        inner = node.get("terminals")
        if inner:
            yield problem(
                file,
                inner.position,
                inner.value.path,
                "UNKNOWN_KEY",
                "override の中に terminals は書けません。端末の項目は override の外に書いてください。",
            )
    elif not (isinstance(node, Scalar) and node.is_null):
        yield problem(
            file,
            override.position,
            node.path,
            "BAD_TYPE",
            "「項目: 値」の形で、1つ下の段に書いてください。",
        )


def _merge(base: Mapping, over: Mapping) -> Mapping:
    entries = []
    for entry in base.entries:
        mine = over.get(entry.key)
        if mine and isinstance(mine.value, Mapping) and isinstance(entry.value, Mapping):
            entries.append(Entry(entry.key, entry.position, _merge(entry.value, mine.value)))
        else:
            entries.append(mine or entry)
    entries.extend(entry for entry in over.entries if not base.get(entry.key))
    return Mapping(base.path, base.position, tuple(entries))
