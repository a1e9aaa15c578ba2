"""Inputs of a growing size, for whatever takes work that grows with its input: generated from the schema and from
what a bundle is made of. ``benchmarks/growth.py`` prints their times; the test counts calls, which no other
work on the machine changes.
"""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import yaml
from cryptography.hazmat.primitives.serialization import Encoding

from oqsgen.bundle import CATALOG_MADE, PROGRAM
from oqsgen.clinic import resolve
from oqsgen.clinic.model import Clinic, Part
from oqsgen.input.yaml_reader import load
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


def inputs() -> Iterator[Input]:
    """Every kind of input that can be as long as somebody likes."""
    for place in sorted(_lists(Clinic)):
        yield ".".join(place), partial(_clinic, _with_items, place)
    for place in sorted(_maps(Clinic)):
        yield ".".join((*place, "*")), partial(_clinic, _with_keys, place)
    yield "bundle.cat", _catalog
    yield "bundle.json", _manifest
    yield "folders above a file", _deep
    yield "files that are missing", _missing
    yield "files that do not belong there", _extra
    yield "certificates of a time stamp", _stamp


def calls_in(work: Work) -> int:
    """How many functions ``work`` calls, Python's and C's."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


# --- a clinic's file


def _hints(part: type[Part]) -> Iterator[tuple[str, Any]]:
    for name, hint in get_type_hints(part).items():
        field = part.model_fields.get(name)
        if field:
            choices = [each for each in get_args(hint) if each is not NoneType]
            yield field.alias or name, choices[0] if NoneType in get_args(hint) else hint


def _lists(part: type[Part], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, hint in _hints(part):
        if get_origin(hint) is tuple:
            yield (*above, name)
            hint = get_args(hint)[0]
        if isinstance(hint, type) and issubclass(hint, Part):
            yield from _lists(hint, (*above, name))


def _maps(part: type[Part], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield above
    for name, hint in _hints(part):
        hint = get_args(hint)[0] if get_origin(hint) is tuple else hint
        if isinstance(hint, type) and issubclass(hint, Part):
            yield from _maps(hint, (*above, name))


def _smallest() -> dict[str, Any]:
    text = (folder("specs") / "examples" / "smallest.yaml").read_text("utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return document


def _with_items(place: tuple[str, ...], count: int) -> dict[str, Any]:
    document = _smallest()
    group, first = _group(document, place[:-1]), None
    found = group.get(place[-1])
    if isinstance(found, list) and found and isinstance(found[0], dict):
        first = found[0]
    # Twelve and a half times fewer terminals than items: no more are taken.
    number = count // 3 if place == ("terminals",) else count
    group[place[-1]] = [
        {**first, "name": f"OQS-{n:04}"} if first else f"item{n}.example.jp" for n in range(number)
    ]
    return document


def _with_keys(place: tuple[str, ...], count: int) -> dict[str, Any]:
    document = _smallest()
    _group(document, place).update({f"key{n}": f"value{n}" for n in range(count)})
    return document


def _group(document: dict[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
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


def _clinic(
    make: Callable[[tuple[str, ...], int], dict[str, Any]], place: tuple[str, ...], times: int
) -> tuple[int, Work]:
    file = Path(FOLDER.name) / f"{'.'.join(place)} {make.__name__} {times}.yaml"
    file.write_text(json.dumps(make(place, 25 * times)), "utf-8")

    def read() -> None:
        clinic, _ = load(file)
        assert clinic
        resolve(clinic)

    return file.stat().st_size, read


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
