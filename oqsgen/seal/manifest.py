"""``bundle.json`` and the bundle id."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORMAT = 2
"""1, as 0.1.0 wrote it, had no ``identity``, but ``input`` in its place."""

FORMATS = (1, FORMAT)
SCRIPT = "terminal.ps1"
MANIFEST = "bundle.json"
CATALOG = "bundle.cat"
ID_BYTES = 16


def bundle_id(identity: Mapping[str, Any]) -> str:
    """32 hexadecimal digits that name everything that decides a bundle's bytes.

    ``identity`` is JSON data: the resolved input, the options, the versions and the signer.
    """
    text = json.dumps(identity, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[: 2 * ID_BYTES]


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Path → SHA-256 as hexadecimal digits, by path."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())}


def manifest(head: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The manifest: ``head`` and the hashes of ``files``, UTF-8 with LF."""
    data = {"format": FORMAT, **head, "files": hashes(files)}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
