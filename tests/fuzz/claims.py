"""What a bundle says of itself, changed and signed again: by its own publisher, or by a stranger.

Never fine where the printed id is asked for, unless it is the hash of what the bundle names; and nothing that stands
in a manifest or in a plan ends a check with anything but findings.
"""

import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

from oqsgen.seal.manifest import MANIFEST
from oqsgen.seal.verify.check import check
from oqsgen.seal.verify.expectation import expecting
from tests.fuzz.engine import Fuzzer, several
from tests.sealed import TRUST, cataloged, claiming, listing, signer, small

TEXTS = [
    "",
    "1",
    "0" * 32,
    "0" * 64,
    "\ud800",
    "\x1b[2J",
    "\u202e",
    "\x00",
    "a/../b",
    "a\\b",
    "x" * 5000,
]
TEXTS += ["a/" * 2000 + "a", "terminal.ps1", "bundle.cat", "CON", "髙" * 70, "é", "é"]
NUMBERS = [0, 1, 2, -1, 1.0, 2.0, 10**40, 1e308, float("nan"), float("inf"), True, False, None]


def deep(levels: int) -> Any:
    data: Any = 1
    for _ in range(levels):
        data = [data]
    return data


def groups(data: Any) -> Iterator[dict[Any, Any] | list[Any]]:
    """Every object and list in ``data``."""
    pending = [data]
    while pending:
        one = pending.pop()
        if isinstance(one, dict | list):
            yield one
            pending += one.values() if isinstance(one, dict) else one


def change(data: Any, rng: random.Random) -> None:
    """Change something in JSON data."""
    all_groups = [one for one in groups(data) if one]
    if not all_groups:
        return
    group = rng.choice(all_groups)
    keys = list(group) if isinstance(group, dict) else list(range(len(group)))
    key = rng.choice(keys)
    value = rng.choice(
        [
            rng.choice(TEXTS),
            rng.choice(NUMBERS),
            rng.choice([[], {}, [[]], {"": {}}, deep(rng.choice([30, 300]))]),
        ]
    )
    what = rng.choice(["value", "value", "drop", "add", "key", "move"])
    if what == "value":
        group[key] = value
    elif what == "drop":
        del group[key]
    elif isinstance(group, list):
        group.insert(rng.randrange(len(group) + 1), value)
    elif what == "add":
        group[rng.choice(TEXTS)] = value
    elif what == "key":
        group[rng.choice([str(key).upper(), f"{key} ", rng.choice(TEXTS)])] = group.pop(key)
    else:
        other = rng.choice(all_groups)
        if isinstance(other, dict):
            other[key] = json.loads(json.dumps(group[key]))


def mutated_text(text: str, rng: random.Random) -> str:
    """JSON text changed as text: what no writer of JSON writes."""
    at = rng.randrange(len(text))
    lines = text.split("\n")
    line = rng.randrange(len(lines))
    return rng.choice(
        [
            text[:at]
            + rng.choice(['"', "{", "]", ",", "\\", "\x00", "\ufeff", "//", "1e999"])
            + text[at:],
            text[:at],
            "\n".join([*lines[:line], lines[line], *lines[line:]]),
            "\ufeff" + text,
            text + rng.choice([" ", "\n", "\x00", "{}", text]),
            text.replace(
                '"format": 2', f'"format": {rng.choice(["true", "2.0", "1", "[2]", "02"])}'
            ),
            text.replace(
                '"options"', f'"deep": {"[" * (n := rng.randint(900, 1100))}{"]" * n}, "options"'
            ),
            text.replace('"options"', f'"number": {"9" * rng.choice([40, 5000])}, "options"'),
            text.replace('"input": {', '"input": {"facility": {}, '),
        ]
    )


def identity_of(manifest: bytes) -> str | None:
    """The id that a manifest should say, computed here in another way than there."""
    try:
        data = json.loads(manifest)["identity"]
    except (ValueError, TypeError, KeyError):
        return None
    encoder = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256("".join(encoder.iterencode(data)).encode("ascii")).hexdigest()[:32]


@cache
def publisher_of_original() -> tuple[str, str, Any]:
    """Id, fingerprint and identity of the bundle that is changed."""
    manifest = json.loads(small()[MANIFEST])
    return manifest["id"], signer().fingerprint, manifest["identity"]


def case(rng: random.Random) -> str:
    original_id, original_signer, original_identity = publisher_of_original()
    by = signer() if rng.random() < 0.5 else signer("侵入者")
    what = rng.choice(["identity", "identity", "manifest", "plan", "plan", "text", "both"])
    whose_id = rng.choice(["printed", "printed", "its own", "any"])
    names_signer = rng.random() < 0.5

    def change_manifest(manifest: dict[str, Any]) -> None:
        before = manifest["id"]
        if names_signer:
            manifest["identity"]["signer"] = by.fingerprint
        for _ in several(rng, 4) if what in ("identity", "both") else ():
            change(manifest["identity"], rng)
        for _ in several(rng, 3) if what == "manifest" else ():
            change(manifest, rng)
        if not isinstance(manifest.get("id"), str):
            manifest["id"] = before
        with suppress(UnicodeEncodeError):
            manifest["id"].encode()
            if whose_id == "its own":
                data = json.dumps(manifest).encode()
                manifest["id"] = identity_of(data) or before
            return
        manifest["id"] = before

    def change_plan(plan: dict[str, Any]) -> None:
        for _ in several(rng, 4) if what in ("plan", "both") else ():
            change(plan, rng)

    files = claiming(by, change_manifest, change_plan, of=small())
    if what == "text":
        text = files[MANIFEST].decode()
        # A catalog can list no empty file.
        files[MANIFEST] = mutated_text(text, rng).encode("utf-8", "surrogatepass") or b"\n"
        files = cataloged(files, json.loads(text)["id"], by)
    found = check(listing(files), TRUST)
    (judged,), missing = expecting([found], frozenset({original_id}))
    assert all(isinstance(one, str) for one in (found.id, found.code, found.terminal))
    json.dumps(judged.as_json())
    if found.fine:
        assert found.signature and found.signature.fingerprint == by.fingerprint
        manifest = json.loads(files[MANIFEST])
        if manifest["format"] == 2:
            assert identity_of(files[MANIFEST]) == found.id == manifest["id"]
            assert manifest["identity"]["signer"] == by.fingerprint
    if judged.fine and not missing:
        assert found.id == original_id and by.fingerprint == original_signer
        assert json.loads(files[MANIFEST])["identity"] == original_identity
        return "the printed one"
    return "fine, but another" if found.fine else "found"


CLAIMS = Fuzzer("claims", 1200, case, frozenset({"the printed one", "fine, but another", "found"}))
