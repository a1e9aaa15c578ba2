"""``bundle.json`` and the plan as data that may come from anybody."""

import json
import re
from collections.abc import Mapping
from typing import Any

from oqsgen.limits import MANIFEST_BYTES, PATH_CHARACTERS
from oqsgen.seal.manifest import FORMATS
from oqsgen.seal.verify.finding import SealError

HEX_DIGEST = re.compile(r"[0-9a-f]{64}")
BUNDLE_ID = re.compile(r"[0-9a-f]{32}")


def read_manifest(data: bytes) -> dict[str, Any]:
    """The manifest in ``data``. Raises SealError where it is none."""
    if len(data) > MANIFEST_BYTES.value:
        raise _broken()
    try:
        manifest = json.loads(data.decode("utf-8"), object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        raise _broken() from error
    if not isinstance(manifest, dict) or manifest.get("format") not in FORMATS:
        raise _broken()
    if not BUNDLE_ID.fullmatch(text(manifest, "id")) or hashes_in(manifest, "files") is None:
        raise _broken()
    return manifest


def text(data: Any, *keys: str | int) -> str:
    """The text at ``keys`` (of objects, and indexes of lists), empty where there is none."""
    for key in keys:
        if isinstance(data, list) and isinstance(key, int):
            data = data[key] if key < len(data) else None
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""


def input_of(manifest: Mapping[str, Any]) -> Any:
    """The resolved input that a manifest names; None where there is none."""
    identity = manifest.get("identity")
    return identity.get("input") if isinstance(identity, dict) else manifest.get("input")


def hashes_in(data: Mapping[str, Any], key: str) -> dict[str, str] | None:
    """Path → SHA-256 as hexadecimal digits, None where it is anything else."""
    hashes = data.get(key)
    if not isinstance(hashes, dict):
        return None
    for path, digest in hashes.items():
        if not isinstance(digest, str) or not HEX_DIGEST.fullmatch(digest) or not is_short(path):
            return None
    return hashes


def is_short(path: str) -> bool:
    """Whether a path is no longer than any of ours: each folder above a file is looked at."""
    return len(path) <= PATH_CHARACTERS.value


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a key twice")
    return data


def _broken() -> SealError:
    return SealError(
        "MANIFEST_BROKEN",
        "一式の目録として読めません。壊れているか、別の版の oqsgen のものです。"
        "作った元からコピーし直してください。",
    )
