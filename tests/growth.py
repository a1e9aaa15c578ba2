"""Inputs of a growing size, for whatever takes work that grows with its input: generated from the schema and from
what a bundle is made of. ``benchmarks/growth.py`` prints their times; the test counts calls, which no other
work on the machine changes.
"""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from cProfile import Profile
from functools import cache, partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import yaml
from cryptography.hazmat.primitives.serialization import Encoding

from oqsgen.bundle import CATALOG_MADE, PROGRAM
from oqsgen.cli.clinics import resolve_all
from oqsgen.clinic import resolve
from oqsgen.clinic.model import Clinic, Part
from oqsgen.input.nodes import Document, Entry, Mapping, Node, Position, Scalar, Sequence
from oqsgen.resources import folder
from oqsgen.seal import cms, der
from oqsgen.seal.catalog import catalog
from oqsgen.seal.manifest import manifest
from oqsgen.seal.timestamp import read_stamp
from oqsgen.seal.verify.catalog_reader import open_catalog
from oqsgen.seal.verify.check import check
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.manifest_reader import read_manifest
from tests.sealed import TRUST, listing, signer

FOLDER = TemporaryDirectory(prefix="oqsgen-growth-")

SIZES = (1, 4, 16)
"""Of each input, as times of its smallest."""

Work = Callable[[], object]
Input = tuple[str, Callable[[int], tuple[int, Work]]]
"""A name, and how an input of a size becomes its bytes and the work that they take."""

Place = tuple[str, ...]
"""The keys that lead to a group or a list of a clinic's file."""
Change = Callable[[dict[str, Any], int], None]
"""What makes a clinic's file longer."""


def inputs() -> Iterator[Input]:
    """Every kind of input that can be as long as somebody likes."""
    for name, change in _fields():
        yield name, partial(_clinic, name, change)
    yield "bundle.cat", _catalog
    yield "bundle.json", _manifest
    yield "folders above a file", _deep
    yield "files that are missing", _missing
    yield "files that do not belong there", _extra
    yield "certificates of a time stamp", _stamp


def pairs() -> Iterator[Input]:
    """Two of a clinic's file at once: what is long is not to be gone through for each of what is many."""
    for name, changes in _pairs():
        yield name, partial(_pair, changes)


def calls_in(work: Work) -> int:
    """How many functions ``work`` calls, Python's and C's."""
    profile = Profile()
    profile.runcall(work)
    return sum(each.callcount for each in profile.getstats())


# --- a clinic's file


def _fields() -> Iterator[tuple[str, Change]]:
    """Everything in it that can be as long as somebody likes."""
    for place, _ in sorted(_lists(Clinic)):
        yield ".".join(place), partial(_with_items, place)
    for place in sorted(groups(Clinic)):
        yield ".".join((*place, "*")), partial(_with_keys, place)


def _pairs() -> Iterator[tuple[str, list[Change]]]:
    """Each list of groups with all the rest, with all keys of each group, and with what terminals say otherwise."""
    for place, is_of_groups in sorted(_lists(Clinic)):
        many, longer = ".".join(place), partial(_with_items, place)
        if is_of_groups:
            for name, change in _fields():
                yield f"{many} × {name}", [longer, change]
            for group in groups(Clinic):
                name = ".".join((*group, "all keys"))
                yield f"{many} × {name}", [longer, partial(_with_all, group)]
    for group in groups(Clinic):
        name = ".".join((*group, "*"))
        yield f"overrides × {name}", [partial(_overriding, group), partial(_with_keys, group)]


def schema_of(place: Place) -> Iterator[tuple[str, type[Part] | None, bool]]:
    """Each key of a group, the model of what is in it where that is groups, and whether it is a list."""
    part = _part(place)
    assert part
    for name, hint in _hints(part):
        yield name, _part((*place, name)), get_origin(hint) is tuple


@cache
def _hints(part: type[Part]) -> list[tuple[str, Any]]:
    hints = []
    for name, hint in get_type_hints(part).items():
        field = part.model_fields.get(name)
        if field:
            choices = [each for each in get_args(hint) if each is not NoneType]
            hints.append((field.alias or name, choices[0] if NoneType in get_args(hint) else hint))
    return hints


def _lists(part: type[Part], above: Place = ()) -> Iterator[tuple[Place, bool]]:
    """The place of each list, and whether it is one of groups of keys."""
    for name, hint in _hints(part):
        is_list = get_origin(hint) is tuple
        hint = get_args(hint)[0] if is_list else hint
        is_group = isinstance(hint, type) and issubclass(hint, Part)
        if is_list:
            yield (*above, name), is_group
        if is_group:
            yield from _lists(hint, (*above, name))


def groups(part: type[Part], above: Place = ()) -> Iterator[Place]:
    """The place of each group of keys; of those in a list once."""
    yield above
    for name, hint in _hints(part):
        hint = get_args(hint)[0] if get_origin(hint) is tuple else hint
        if isinstance(hint, type) and issubclass(hint, Part):
            yield from groups(hint, (*above, name))


def smallest() -> dict[str, Any]:
    """The smallest clinic that has no errors, to be changed."""
    return deepcopy(_smallest_document())


@cache
def _smallest_document() -> dict[str, Any]:
    text = (folder("specs") / "examples" / "smallest.yaml").read_text("utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return document


def _with_items(place: Place, document: dict[str, Any], count: int) -> None:
    group, part = within(document, place[:-1]), _part(place)
    found = group.get(place[-1])
    first = found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}
    # Fewer terminals than items: no more are taken.
    number = count // 3 if place == ("terminals",) else count
    group[place[-1]] = [
        (
            {**_required(part, f"item{n}"), **first, "name": f"OQS-{n:04}"}
            if part
            else f"item{n}.example.jp"
        )
        for n in range(number)
    ]


def _required(part: type[Part], text: str) -> dict[str, str]:
    return {name: text for name, field in part.model_fields.items() if field.is_required()}


def _part(place: Place) -> type[Part] | None:
    """The model of a group, or of each group in a list; None where there are values."""
    part: Any = Clinic
    for name in place:
        hint = dict(_hints(part))[name]
        part = get_args(hint)[0] if get_origin(hint) is tuple else hint
    return part if isinstance(part, type) and issubclass(part, Part) else None


def _with_keys(place: Place, document: dict[str, Any], count: int) -> None:
    within(document, place).update({f"key{n}": f"value{n}" for n in range(count)})


def _with_all(place: Place, document: dict[str, Any], _: int) -> None:
    """Every key of a group that there is, each with a value that is wrong for most of them."""
    part, group = _part(place), within(document, place)
    assert part
    for name, _ in _hints(part):
        group.setdefault(name, "1")


def _overriding(place: Place, document: dict[str, Any], count: int) -> None:
    """Terminals that each say something else in a group."""
    _with_items(("terminals",), document, count)
    for terminal in document["terminals"]:
        within(terminal, ("override", *place))["key"] = "value"


def within(document: dict[str, Any], place: Place) -> dict[str, Any]:
    """The group of keys at ``place``, made where it is not there; of a list the first one."""
    group = document
    for name in place:
        inner = group.get(name)
        if isinstance(inner, list):
            if not inner or not isinstance(inner[0], dict):
                inner[:] = [{}]
            inner = inner[0]
        elif not isinstance(inner, dict):
            inner = {}
            group[name] = inner
        group = inner
    return group


def _changed(changes: list[Change], count: int) -> dict[str, Any]:
    document = smallest()
    for change in changes:
        change(document, count)
    return document


def _clinic(name: str, change: Change, times: int) -> tuple[int, Work]:
    file = Path(FOLDER.name) / f"{name.replace('*', 'all')} {times}.yaml"
    file.write_text(json.dumps(_changed([change], 12 * times)), "utf-8")
    return file.stat().st_size, lambda: resolve_all([file])


def _pair(changes: list[Change], times: int) -> tuple[int, Work]:
    """Without the reading of the file, which is measured for each alone and would hide the rest."""
    document = _changed(changes, 4 * times)
    root = _node(document, "", count())
    assert isinstance(root, Mapping)
    return len(json.dumps(document)), lambda: resolve(Document("clinic.yaml", root))


def _node(value: Any, path: str, line: Iterator[int]) -> Node:
    """A value as if it were read from a file."""
    position = Position(next(line), 1)
    if isinstance(value, dict):
        nodes = ((key, _node(inner, f"{path}.{key}", line)) for key, inner in value.items())
        return Mapping(
            path, position, tuple(Entry(key, node.position, node) for key, node in nodes)
        )
    if isinstance(value, list):
        items = (_node(item, f"{path}[{n}]", line) for n, item in enumerate(value))
        return Sequence(path, position, tuple(items))
    return Scalar(path, position, value)


# --- a bundle


def _files(count: int) -> dict[str, bytes]:
    return {f"tasks/{n}.xml": f"{n}".encode() for n in range(count)}


def _catalog(times: int) -> tuple[int, Work]:
    encoded = catalog(_files(25 * times), bytes(16), CATALOG_MADE, signer(), PROGRAM)
    return len(encoded), lambda: open_catalog(encoded)


def _manifest(times: int) -> tuple[int, Work]:
    data = manifest({"id": "0" * 32}, _files(50 * times))
    return len(data), lambda: read_manifest(data)


def _deep(times: int) -> tuple[int, Work]:
    """One file of a manifest that says it is far down."""
    data = manifest({"id": "0" * 32}, {"a/" * (250 * times) + "a": b"x"})
    return len(data), lambda: check(listing({"bundle.json": data}), TRUST)


def _missing(times: int) -> tuple[int, Work]:
    data = manifest({"id": "0" * 32}, _files(50 * times))
    files = {"bundle.json": data}
    return len(data), lambda: check(listing(files), TRUST)


def _extra(times: int) -> tuple[int, Work]:
    files = {"bundle.json": manifest({"id": "0" * 32}, {}), **_files(50 * times)}
    size = sum(len(path) + len(data) for path, data in files.items())
    return size, lambda: check(listing(files), TRUST)


def _stamp(times: int) -> tuple[int, Work]:
    """A token whose certificates all could have issued each other."""
    encoded = signer().chain[0].public_bytes(Encoding.DER) * (25 * times)
    signed = der.sequence(
        der.integer(3),
        der.set_of([cms.algorithm(cms.SHA256)]),
        der.sequence(
            der.oid("1.2.840.113549.1.9.16.1.4"), der.explicit(0, der.octet_string(b"\x30\x00"))
        ),
        der.explicit(0, encoded),
        der.set_of([der.sequence(*[der.integer(1)] * 6)]),
    )
    token = der.sequence(der.oid(cms.SIGNED_DATA), der.explicit(0, signed))

    def read() -> None:
        try:
            read_stamp(token, b"")
        except (ValueError, SealError):
            return
        raise AssertionError("a token with too many certificates was taken")

    return len(token), read
