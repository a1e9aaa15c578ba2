"""Keys on tokens and smart cards (PKCS#11), named by a URI of RFC 7512.

python-pkcs11 is an extra: most offices have no token.
"""

import hashlib
import importlib
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from oqsgen.seal.signer import (
    Signer,
    SignerError,
    check_validity,
    make_signer_with,
    read_certificates,
)

EXAMPLE = "pkcs11:token=名前;object=鍵?module-path=/usr/lib/opensc-pkcs11.so"

SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 in a DigestInfo (RFC 8017, 9.2)."""

PROOF = b"oqsgen: does this key belong to that certificate?"


@dataclass(frozen=True)
class TokenUri:
    """What a URI says: the module to load, which token, and which key on it."""

    module: str
    token: str | None = None
    serial: bytes | None = None
    manufacturer: str | None = None
    model: str | None = None
    object: str | None = None
    id: bytes | None = None


def parse_uri(uri: str) -> TokenUri:
    """Read a ``pkcs11:`` URI.

    Raises SignerError for another form and for a URI with a PIN. The message names an attribute that
    has a value, and never a value.
    """
    scheme, colon, rest = uri.partition(":")
    if scheme.lower() != "pkcs11" or not colon:
        raise SignerError(f"--sign-pkcs11 は {EXAMPLE} の形で指定してください。")
    path, _, query = rest.partition("?")
    values: dict[str, bytes] = {}
    for separator, part in ((";", path), ("&", query)):
        for pair in filter(None, part.split(separator)):
            name, equals, value = pair.partition("=")
            if name in ("pin-value", "pin-source"):
                raise SignerError(
                    f"PIN は URI に書けません（{name}）。コマンドの履歴やほかの人の画面に残ります。"
                    "環境変数に入れて --sign-pin-env で指定するか、画面で入力してください。"
                )
            if not equals and name not in _NAMES[separator]:
                # Not repeated: it may be a PIN.
                raise SignerError(
                    "--sign-pkcs11 に「名前=値」の形でない部分があります。"
                    f"{EXAMPLE} の形で指定してください。"
                )
            if not equals or name in values or name not in _NAMES[separator]:
                raise SignerError(
                    f"--sign-pkcs11 の「{name}」は使えません。{EXAMPLE} の形で指定してください。"
                )
            values[name] = unquote_to_bytes(value)
    if values.pop("type", b"private") != b"private":
        raise SignerError("--sign-pkcs11 の type には private だけを指定してください。")
    try:
        texts = {name: value.decode() for name, value in values.items() if name not in _BYTES}
    except UnicodeDecodeError:
        raise SignerError(
            "--sign-pkcs11 の値が UTF-8 ではありません。書き直してください。"
        ) from None
    if not texts.get("module-path"):
        raise SignerError(
            "--sign-pkcs11 に module-path（トークンのメーカーが配るライブラリーの場所）がありません。"
            f"{EXAMPLE} の形で指定してください。"
        )
    return TokenUri(
        module=texts["module-path"],
        token=texts.get("token"),
        serial=values.get("serial"),
        manufacturer=texts.get("manufacturer"),
        model=texts.get("model"),
        object=texts.get("object"),
        id=values.get("id"),
    )


_NAMES = {
    ";": ("token", "serial", "manufacturer", "model", "object", "id", "type"),
    "&": ("module-path",),
}
_BYTES = ("serial", "id")


def from_token(
    uri: str, ask_pin: Callable[[], str], chain_files: Sequence[Path], now: datetime
) -> Signer:
    """The signer whose key the token named by ``uri`` holds.

    Its certificate is on the token or in ``chain_files``; ``ask_pin`` is called once, when the
    token is there. Raises SignerError.
    """
    token_uri = parse_uri(uri)
    files = [certificate for file in chain_files for certificate in read_certificates(file)]
    p11 = _library()
    try:
        token = _token(p11, token_uri)
        pin = ask_pin()
        session = _opened(p11, token, pin)
        key = _key(p11, session, token_uri)
        sign = _signing_with(p11, token, key, pin)
        stored = _stored_certificates(p11, session, key)
        certificate = _certificate_of(sign, [*stored, *files])
    except p11.exceptions.PKCS11Error as error:
        raise _failed(error) from error
    signer = make_signer_with(sign, certificate, [*stored, *files], ends=True)
    check_validity(signer, now)
    return signer


def _library() -> Any:
    try:
        return importlib.import_module("pkcs11")
    except ImportError as error:
        raise SignerError(
            "トークンで署名する部品がありません。pip install 'oqsgen[pkcs11]' で入れてください。"
        ) from error


def _token(p11: Any, token_uri: TokenUri) -> Any:
    try:
        slots = p11.lib(token_uri.module).get_slots(token_present=True)
    except (p11.exceptions.PKCS11Error, RuntimeError, OSError) as error:
        raise SignerError(
            f"ライブラリー {token_uri.module} を読み込めません。module-path が正しいことと、この PC と"
            "同じ 32/64 ビットのものであることを確かめてください。"
        ) from error
    tokens = list(_tokens(p11, slots))
    matches = [
        token
        for token in tokens
        if _same(token_uri.token, token.label)
        and _same(token_uri.serial, token.serial.rstrip(b" \0"))
        and _same(token_uri.manufacturer, token.manufacturer_id)
        and _same(token_uri.model, token.model)
    ]
    if len(matches) == 1:
        return matches[0]
    labels = "、".join(f"「{token.label}」" for token in matches or tokens) or "なし"
    if matches:
        raise SignerError(
            f"当てはまるトークンが {len(matches)} 個あります（{labels}）。token か serial で 1 つに"
            "絞ってください。"
        )
    raise SignerError(
        f"指定したトークンがありません（見つかったトークン: {labels}）。差し込まれていることと、"
        "URI の token を確かめてください。"
    )


def _tokens(p11: Any, slots: Iterable[Any]) -> Iterable[Any]:
    for slot in slots:
        try:
            token = slot.get_token()
        except p11.exceptions.PKCS11Error:
            continue  # taken out at this moment, or a card of another kind
        if token.flags & p11.TokenFlag.TOKEN_INITIALIZED:
            yield token


def _same(asked_for: object, on_token: object) -> bool:
    return asked_for is None or asked_for == on_token


def _opened(p11: Any, token: Any, pin: str) -> Any:
    """A session with the PIN given once: a token that is asked again and again locks itself."""
    problem = None
    try:
        pin.encode()
        if not pin:
            raise p11.exceptions.PinLenRange  # not worth one of the token's few attempts
        return token.open(user_pin=pin)
    except (
        p11.exceptions.PinIncorrect,
        p11.exceptions.PinInvalid,
        p11.exceptions.PinLenRange,
        p11.exceptions.ArgumentsBad,
        UnicodeEncodeError,
    ):
        problem = (
            f"トークン「{token.label}」の PIN が違います。何度か間違えるとトークンがロックされます。"
            "確かめてから、もう一度実行してください。"
        )
    except p11.exceptions.PinLocked:
        problem = (
            f"トークン「{token.label}」はロックされています。メーカーの手順で解除してください。"
        )
    except (p11.exceptions.PinExpired, p11.exceptions.UserPinNotInitialized):
        problem = (
            f"トークン「{token.label}」の PIN は期限切れか、まだ決められていません。メーカーの手順で"
            "PIN を決めてください。"
        )
    # Outside of the handlers: the frames of the cause hold the PIN.
    raise SignerError(problem)


def _key(p11: Any, session: Any, token_uri: TokenUri) -> Any:
    template: dict[Any, Any] = {p11.Attribute.CLASS: p11.ObjectClass.PRIVATE_KEY}
    if token_uri.object is not None:
        template[p11.Attribute.LABEL] = token_uri.object
    if token_uri.id is not None:
        template[p11.Attribute.ID] = token_uri.id
    keys = list(session.get_objects(template))
    if len(keys) == 1:
        return keys[0]
    if keys:
        names = "、".join(f"「{key.label}」" for key in keys)
        raise SignerError(
            f"当てはまる鍵が {len(keys)} 個あります（{names}）。URI の object か id で 1 つに"
            "絞ってください。"
        )
    raise SignerError("指定した鍵がトークンにありません。URI の object と id を確かめてください。")


def _signing_with(p11: Any, token: Any, key: Any, pin: str) -> Callable[[bytes], bytes]:
    """``Signer.sign`` with a key on a token, one signature at a time."""
    again = {"pin": pin} if _asks_each_time(p11, key) else {}
    operation = _operation(p11, key, token.slot.get_mechanisms(), again)
    lock = threading.Lock()

    def sign(data: bytes) -> bytes:
        try:
            with lock:
                return operation(data)
        except p11.exceptions.PKCS11Error as error:
            raise _failed(error) from error

    return sign


def _asks_each_time(p11: Any, key: Any) -> bool:
    """Whether the key wants the PIN at each signature, as the signature key of a PIV card does."""
    try:
        return bool(key[p11.Attribute.ALWAYS_AUTHENTICATE])
    except p11.exceptions.PKCS11Error:
        return False


def _operation(
    p11: Any, key: Any, mechanisms: Iterable[Any], again: Mapping[str, str]
) -> Callable[[bytes], bytes]:
    kinds = p11.Mechanism
    if key.key_type == p11.KeyType.RSA:
        if kinds.SHA256_RSA_PKCS in mechanisms:
            return lambda data: bytes(key.sign(data, mechanism=kinds.SHA256_RSA_PKCS, **again))
        return lambda data: bytes(
            key.sign(SHA256_DIGEST_INFO + _sha256(data), mechanism=kinds.RSA_PKCS, **again)
        )
    if key.key_type == p11.KeyType.EC:
        return lambda data: _as_der(key.sign(_sha256(data), mechanism=kinds.ECDSA, **again))
    raise SignerError("トークンの鍵は RSA でも ECDSA でもありません。RSA の鍵を使ってください。")


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _as_der(signature: bytes) -> bytes:
    """PKCS#11 has r and s side by side, X.509 as a SEQUENCE."""
    half = len(signature) // 2
    numbers = signature[:half], signature[half:]
    return encode_dss_signature(*(int.from_bytes(number, "big") for number in numbers))


def _stored_certificates(p11: Any, session: Any, key: Any) -> list[x509.Certificate]:
    """The certificates on the token, those with the key's own id first."""
    certificates = []
    template = {p11.Attribute.CLASS: p11.ObjectClass.CERTIFICATE}
    for token_object in session.get_objects(template):
        try:
            certificate = x509.load_der_x509_certificate(token_object[p11.Attribute.VALUE])
            certificates.append((token_object[p11.Attribute.ID] != key.id, certificate))
        except (ValueError, p11.exceptions.PKCS11Error):
            continue  # an attribute certificate, or one that cannot be read
    return [certificate for _, certificate in sorted(certificates, key=lambda entry: entry[0])]


def _certificate_of(
    sign: Callable[[bytes], bytes], certificates: list[x509.Certificate]
) -> x509.Certificate:
    """The certificate of the key that signs: what it signs, its certificate verifies."""
    signature = sign(PROOF)
    for certificate in certificates:
        try:
            key = certificate.public_key()
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, PROOF, padding.PKCS1v15(), hashes.SHA256())
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, PROOF, ec.ECDSA(hashes.SHA256()))
            else:
                continue
        except (ValueError, InvalidSignature):
            continue
        return certificate
    raise SignerError(
        "この鍵の証明書がトークンにありません。--sign-chain で証明書を指定してください。"
    )


def _failed(error: Exception) -> SignerError:
    return SignerError(
        f"トークンが署名できませんでした（{type(error).__name__}）。差し込まれていることを確かめて、"
        "もう一度実行してください。"
    )
