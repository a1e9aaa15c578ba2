"""Packages of browser extensions as Chromium makes them (CRX3), and the Edge profile in which they are."""

import base64
import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

FOLDER = r"C:\Program Files\OQS-Auth\ext"
EDGE = r"C:\Users\{account}\AppData\Local\Microsoft\Edge\User Data"


def number(value: int) -> bytes:
    """A protobuf varint."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def field(tag: int, content: bytes) -> bytes:
    """A protobuf field that holds bytes."""
    return number(tag << 3 | 2) + number(len(content)) + content


def public_key(key: Key) -> bytes:
    """SubjectPublicKeyInfo, DER."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def extension_id(key: Key) -> str:
    """The id of the extension of a key, as Chromium gives it."""
    digest = hashlib.sha256(public_key(key)).hexdigest()[:32]
    return digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def archive(manifest: Mapping[str, Any] | None, *, bom: bool = False) -> bytes:
    """The ZIP part; without a manifest where it is None."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("background.js", "// nothing\n" * 50)
        if manifest is not None:
            text = json.dumps(manifest, ensure_ascii=False)
            file.writestr("manifest.json", text.encode("utf-8-sig" if bom else "utf-8"))
    return memory.getvalue()


def sign(key: Key, signed: bytes, content: bytes) -> bytes:
    """The signature of a proof: crx3.proto."""
    text = b"CRX3 SignedData\x00" + struct.pack("<I", len(signed)) + signed + content
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(text, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(text, ec.ECDSA(hashes.SHA256()))


def crx(key: Key, content: bytes, *, crx_id: bytes | None = None, more: bytes = b"") -> bytes:
    """A package. ``crx_id``: another id than the key's; ``more``: further fields of the header."""
    own = hashlib.sha256(public_key(key)).digest()[:16]
    signed = field(1, own if crx_id is None else crx_id)
    proof = field(1, public_key(key)) + field(2, sign(key, signed, content))
    header = more + field(2 if isinstance(key, rsa.RSAPrivateKey) else 3, proof)
    header += field(10000, signed)
    return b"Cr24" + struct.pack("<II", 3, len(header)) + header + content


@dataclass(frozen=True)
class Extension:
    """One of the three, as its package and as Edge has it."""

    file: str
    name: str
    key: Key

    @property
    def id(self) -> str:
        """The id of the extension."""
        return extension_id(self.key)

    def package(self, version: str) -> bytes:
        """Its package in some version."""
        manifest = {"manifest_version": 3, "name": self.name, "version": version}
        return crx(self.key, archive(manifest))


def packages(extensions: list[Extension], version: str) -> dict[str, Any]:
    """The files of the fake PC that the face library brings."""
    return {
        rf"{FOLDER}\{extension.file}": {
            "base64": base64.b64encode(extension.package(version)).decode()
        }
        for extension in extensions
    }


def entry(id_: str, name: str, version: str, **more: Any) -> dict[str, Any]:
    """What Edge keeps of an extension that came out of a package."""
    base = {
        "location": 1,
        "path": rf"{id_}\{version}_0",
        "disable_reasons": [],
        "manifest": {"manifest_version": 3, "name": name, "version": version},
    }
    return base | more


def profile(
    entries: Mapping[str, Mapping[str, Any]],
    *,
    account: str = "OqsComApp",
    name: str = "Default",
    developer_mode: bool = False,
    secure: Mapping[str, Any] | None = None,
    preferences: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """The files of the fake PC that make an Edge profile with these extensions.

    ``secure`` and ``preferences``: more of what stands in either file.
    """
    edge = EDGE.format(account=account)
    settings = {"ui": {"developer_mode": developer_mode}, "settings": entries}
    files = {
        rf"{edge}\Local State": {"profile": {"last_used": name, "info_cache": {name: {}}}},
        rf"{edge}\{name}\Secure Preferences": {"extensions": settings, **(secure or {})},
        rf"{edge}\{name}\Preferences": {"Amazon": 1, "amazon": 2, "": {}, **(preferences or {})},
    }
    for found in entries.values():
        if "manifest" in found:
            files[rf"{edge}\{name}\Extensions\{found['path']}\manifest.json"] = found["manifest"]
    return {path: json.dumps(content, ensure_ascii=False) for path, content in files.items()}
