"""RFC 3161 timestamps: asking a server for one, and making sure that it is for what was asked.

A token is kept as it came. Whoever has the server's root certificate can have the chain checked
too, by rfc3161-client (an extra).
"""

import hashlib
import importlib
import queue
import secrets
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import (
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    HTTPSConnection,
    IncompleteRead,
)
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from oqsgen.limits import (
    STAMP_AHEAD,
    STAMP_ATTEMPTS,
    STAMP_BYTES,
    STAMP_CERTIFICATES,
    STAMP_SECONDS,
)
from oqsgen.seal import der
from oqsgen.seal.certificate_files import UNREADABLE, read_der
from oqsgen.seal.cms import MESSAGE_DIGEST, SHA256, SIGNED_DATA, algorithm
from oqsgen.seal.der_reader import DerError, Value, read_all, read_one
from oqsgen.seal.signer import SignerError, TimestampError, read_certificates, utc_now

TST_INFO = "1.2.840.113549.1.9.16.1.4"
RSASSA_PSS = "1.2.840.113549.1.1.10"
DIGESTS: dict[str, hashes.HashAlgorithm] = {
    SHA256: hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}

PAUSES = tuple(2.0**number for number in range(STAMP_ATTEMPTS.value - 1))
"""Seconds before each further attempt."""
TRUE = b"\x01\x01\xff"


def timestamps_from(
    url: str,
    ca_files: Sequence[Path] = (),
    *,
    timeout: float = STAMP_SECONDS.value,
    pauses: Sequence[float] = PAUSES,
) -> Callable[[bytes], bytes]:
    """``Signer.timestamp`` by the server at ``url``; its certificates lead to one of ``ca_files``.

    Raises SignerError for a URL or a file that cannot be used. What is returned raises
    TimestampError, and once the server did not answer, at once: forty bundles need not wait for it.
    """
    parts = _checked_url(url)
    roots = [certificate for file in ca_files for certificate in read_certificates(file)]
    client = _chain_checker() if roots else None
    given_up = threading.Event()

    def timestamp(signature: bytes) -> bytes:
        if given_up.is_set():
            raise TimestampError(_no_answer(parts, "前の署名で応答がありませんでした"))
        imprint = hashlib.sha256(signature).digest()
        nonce = secrets.randbits(64)
        try:
            response = _ask(url, request(imprint, nonce), timeout, pauses)
        except _NoAnswerError as error:
            given_up.set()
            raise TimestampError(_no_answer(parts, str(error))) from None
        try:
            token = checked_token(response, imprint, nonce)
            if client:
                _check_chain(client, response, imprint, nonce, roots)
        except _BadAnswerError as error:
            raise TimestampError(
                f"時刻のサーバー {parts} の応答を使えません（{error}）。少し後でもう一度実行するか、別の"
                "サーバーを --timestamp-url で指定してください。前からあった一式はそのままです。"
            ) from error
        stamp, now = read_stamp(token, signature), utc_now()
        if is_ahead(stamp, now):
            behind = timedelta(seconds=int((stamp.at - now).total_seconds()))
            raise TimestampError(
                f"この PC の時計が、時刻のサーバー {parts} より遅れています（{_length(behind)}）。このまま作ると、"
                "verify で未来の時刻になります。PC の日付と時刻を合わせて、もう一度実行してください。"
                "前からあった一式はそのままです。"
            )
        return token

    return timestamp


def is_ahead(stamp: "Stamp", now: datetime) -> bool:
    """Whether a time stamp is of the future: two clocks never agree to the second."""
    return stamp.at - now > timedelta(seconds=STAMP_AHEAD.value)


def _length(time: timedelta) -> str:
    hours, minutes = divmod(time.seconds // 60, 60)
    parts = [(time.days, "日"), (hours, "時間"), (minutes, "分")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def request(imprint: bytes, nonce: int) -> bytes:
    """A TimeStampReq for the SHA-256 ``imprint``, with the server's certificates in the answer."""
    return der.sequence(
        der.integer(1),
        der.sequence(algorithm(SHA256), der.octet_string(imprint)),
        der.integer(nonce),
        TRUE,
    )


class _NoAnswerError(Exception):
    """There was no answer; the text is a Japanese reason."""


class _BadAnswerError(Exception):
    """An answer that cannot be used; the text is a Japanese reason."""


def _checked_url(url: str) -> str:
    """The server's name, for messages. Raises SignerError."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = None
    if not usable or not url.isascii() or not url.isprintable() or " " in url:
        raise SignerError(
            "--timestamp-url は http:// か https:// で始まる、時刻のサーバーの URL にしてください。"
        )
    if parts.username is not None or parts.password is not None:
        raise SignerError(
            "--timestamp-url にパスワードは書けません。コマンドの履歴に残ります。パスワードの要らない"
            "サーバーを使ってください。"
        )
    return str(parts.netloc)


def _no_answer(server: str, reason: str) -> str:
    return (
        f"時刻のサーバー {server} から時刻をもらえません（{reason}）。インターネットへの接続と"
        " --timestamp-url を確かめて、もう一度実行してください。前からあった一式はそのままです。"
    )


def _ask(url: str, query: bytes, timeout: float, pauses: Sequence[float]) -> bytes:
    """The body of the answer. Tried again after each of ``pauses``. Raises _NoAnswerError."""
    for pause in (*pauses, None):
        try:
            return _ask_once(url, query, timeout)
        except urllib.error.HTTPError as error:
            problem = f"HTTP {error.code}"
            error.close()
            if error.code < 500 and error.code not in (408, 429):
                break
        except TimeoutError:
            problem = "時間切れ"
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            problem = next(
                (text for error_type, text in _PROBLEMS if isinstance(reason, error_type)),
                "通信の失敗",
            )
        if pause is None:
            break
        time.sleep(pause)
    raise _NoAnswerError(problem)


_PROBLEMS = [
    (TimeoutError, "時間切れ"),
    (socket.gaierror, "サーバーの名前が見つかりません"),
    (ConnectionRefusedError, "接続を断られました"),
    (ssl.SSLError, "サーバーとの暗号化に失敗しました"),
]


def _ask_once(url: str, query: bytes, timeout: float) -> bytes:
    """The same, once. The whole exchange ends after ``timeout`` seconds, however slowly a server sends.

    It runs in a thread that nobody waits for any longer then: the name of a server cannot be looked up with a
    limit in any other way.
    """
    exchange = _Exchange(timeout)
    answers: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(exchange.body(url, query))
        except Exception as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=timeout)
    except queue.Empty:
        exchange.abandon()
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer


class _Exchange:
    """One question and its answer, whose connection can be ended by another thread."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._sockets: list[socket.socket] = []
        self._opener = urllib.request.build_opener(_NoRedirect, _Recording(self._sockets))

    def body(self, url: str, query: bytes) -> bytes:
        """What the server at ``url`` answers. Raises OSError and HTTPException."""
        headers = {
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
            "User-Agent": "oqsgen",
        }
        http_request = urllib.request.Request(url, data=query, headers=headers)
        with self._opener.open(http_request, timeout=self._timeout) as answer:
            body: bytes = answer.read(STAMP_BYTES.value + 1)
            size = answer.headers.get("Content-Length", "")
        if len(body) <= STAMP_BYTES.value and size.isdecimal() and len(body) < int(size):
            raise IncompleteRead(body)
        return body

    def abandon(self) -> None:
        """End the connection, whatever is being read from it."""
        for connected in self._sockets:
            with suppress(OSError):
                connected.shutdown(socket.SHUT_RDWR)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A server that sends elsewhere gives no time: not to a weaker protocol, nor to another question."""

    def redirect_request(self, *_: Any) -> None:
        return None


class _Recording(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """HTTP with and without encryption; each socket that is connected is added to ``sockets``."""

    def __init__(self, sockets: list[socket.socket]) -> None:
        super().__init__()
        self._sockets = sockets

    def http_open(self, http_request: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._recorded(HTTPConnection), http_request)

    def https_open(self, http_request: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._recorded(HTTPSConnection), http_request)

    def _recorded(self, connection: type[HTTPConnection]) -> Any:
        sockets = self._sockets

        class Connection(connection):  # type: ignore[valid-type, misc]
            def connect(self) -> None:
                super().connect()
                sockets.append(self.sock)

        return Connection


def checked_token(response: bytes, imprint: bytes, nonce: int) -> bytes:
    """The token in a TimeStampResp, byte for byte, after checking all but its chain."""
    try:
        return _checked(response, imprint, nonce)
    except UNREADABLE as error:
        raise _BadAnswerError("サーバーの証明書を読めません") from error


def _checked(response: bytes, imprint: bytes, nonce: int) -> bytes:
    status, *rest = _items(_only(response), 0x30)
    if _number(_items(status, 0x30)[0]) not in (0, 1):
        raise _BadAnswerError(f"拒否されました: 状態 {_number(_items(status, 0x30)[0])}")
    if len(rest) != 1:
        raise _BadAnswerError("トークンがありません")
    _stamp(rest[0], imprint, nonce)
    return rest[0].encoded


@dataclass(frozen=True)
class Stamp:
    """What an intact token says: when it was made, by whom, and the certificates that it carries."""

    at: datetime
    certificate: x509.Certificate
    carried: tuple[x509.Certificate, ...]


def read_stamp(token: bytes, signature: bytes) -> Stamp:
    """A token that is about ``signature``, and whose own signature is right.

    Its chain is another question. Raises ValueError for any other token.
    """
    try:
        return _stamp(_only(token), hashlib.sha256(signature).digest(), None)
    except (_BadAnswerError, *UNREADABLE) as error:
        raise ValueError("not a timestamp of this signature") from error


def _stamp(token: Value, imprint: bytes, nonce: int | None) -> Stamp:
    """What ``token`` says: what a build takes, a check takes, too. Raises _BadAnswerError and UNREADABLE."""
    signed = _signed_data(token)
    info = _only(signed.content)
    _check_info(info, imprint, nonce)
    certificate = _check_signature(signed)
    carried = tuple(read_der(value.encoded) for value in signed.certificates)
    return Stamp(_generalized_time(_items(info, 0x30, 5)[4]), certificate, carried)


def _generalized_time(value: Value) -> datetime:
    text = value.content.decode("ascii")
    if value.tag != 0x18 or not text.endswith("Z"):
        raise _BadAnswerError("形が RFC 3161 と違います")
    seconds, _, _fraction = text[:-1].partition(".")
    return datetime.strptime(seconds, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True)
class _Signed:
    """What a token says, who may have signed it, and the parts of its SignerInfo."""

    content: bytes
    certificates: list[Value]
    signer: list[Value]


def _only(data: bytes) -> Value:
    try:
        return read_one(data)
    except DerError as error:
        raise _BadAnswerError("DER ではありません") from error


def _values(data: bytes) -> list[Value]:
    try:
        return read_all(data)
    except DerError as error:
        raise _BadAnswerError("DER ではありません") from error


def _items(value: Value, tag: int, least: int = 1) -> list[Value]:
    items = _values(value.content) if value.tag == tag else []
    if len(items) < least:
        raise _BadAnswerError("形が RFC 3161 と違います")
    return items


def _number(value: Value) -> int:
    if value.tag != 0x02:
        raise _BadAnswerError("形が RFC 3161 と違います")
    return int.from_bytes(value.content, "big", signed=True)


def _is(value: Value, dotted: str) -> bool:
    return value.encoded == der.oid(dotted)


def _signed_data(token: Value) -> _Signed:
    content_type, explicit = _items(token, 0x30, 2)[:2]
    if not _is(content_type, SIGNED_DATA):
        raise _BadAnswerError("形が RFC 3161 と違います")
    signed = _items(_items(explicit, 0xA0)[0], 0x30, 4)
    inside, octets = _items(signed[2], 0x30, 2)[:2]
    content = _items(octets, 0xA0)[0]
    signers = _items(signed[-1], 0x31)
    if not _is(inside, TST_INFO) or content.tag != 0x04 or len(signers) != 1:
        raise _BadAnswerError("形が RFC 3161 と違います")
    if signed[3].tag != 0xA0:
        raise _BadAnswerError("サーバーの証明書が入っていません")
    certificates = [value for value in _values(signed[3].content) if value.tag == 0x30]
    if len(certificates) > STAMP_CERTIFICATES.value:
        raise _BadAnswerError("証明書が多すぎます")
    return _Signed(content.content, certificates, _items(signers[0], 0x30, 6))


def _check_info(info: Value, imprint: bytes, nonce: int | None) -> None:
    version, _policy, about, _serial, _time, *more = _items(info, 0x30, 5)
    digest, hashed = _items(about, 0x30, 2)[:2]
    if _number(version) != 1:
        raise _BadAnswerError("形が RFC 3161 と違います")
    if not _is(_items(digest, 0x30)[0], SHA256) or hashed.encoded != der.octet_string(imprint):
        raise _BadAnswerError("別の署名の時刻です")
    if nonce is not None and [_number(v) for v in more if v.tag == 0x02] != [nonce]:
        raise _BadAnswerError("この問い合わせへの応答ではありません")


def _check_signature(signed: _Signed) -> x509.Certificate:
    """The certificate of the server whose signature is right."""
    _version, identity, digest, attributes, signature_algorithm, signature = signed.signer[:6]
    algorithm_of_digest = next(
        (
            hash_algorithm
            for dotted, hash_algorithm in DIGESTS.items()
            if _is(_items(digest, 0x30)[0], dotted)
        ),
        None,
    )
    encoded = next(
        (value.encoded for value in signed.certificates if _names(identity, value)), None
    )
    if encoded is None:
        raise _BadAnswerError("サーバーの証明書が入っていません")
    if algorithm_of_digest is None or attributes.tag != 0xA0 or signature.tag != 0x04:
        raise _BadAnswerError("サーバーの署名の方式に対応していません")
    certificate = read_der(encoded)
    _check_usage(certificate)
    hashed = hashlib.new(algorithm_of_digest.name, signed.content).digest()
    pairs = [_items(value, 0x30, 2) for value in _values(attributes.content)]
    digests = [
        _items(value[1], 0x31)[0].content for value in pairs if _is(value[0], MESSAGE_DIGEST)
    ]
    if digests != [hashed]:
        raise _BadAnswerError("サーバーの署名が正しくありません")
    # RFC 5652: signed as a SET, carried as [0].
    text = b"\x31" + attributes.encoded[1:]
    pss = _is(_items(signature_algorithm, 0x30)[0], RSASSA_PSS)
    _verify(certificate, signature.content, text, algorithm_of_digest, pss=pss)
    return certificate


def _names(identity: Value, certificate: Value) -> bool:
    """Whether a SignerIdentifier means ``certificate``."""
    if identity.tag == 0x80:
        extensions = read_der(certificate.encoded).extensions
        try:
            key = extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        except x509.ExtensionNotFound:
            return False
        return key.digest == identity.content
    issuer, serial = _items(identity, 0x30, 2)[:2]
    fields = _items(_items(certificate, 0x30)[0], 0x30, 5)
    versioned = fields[0].tag == 0xA0
    return issuer.encoded == fields[2 + versioned].encoded and serial == fields[versioned]


def _check_usage(certificate: x509.Certificate) -> None:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        usage = None
    if not usage or not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise _BadAnswerError("サーバーの証明書は時刻のためのものではありません")


def _verify(
    certificate: x509.Certificate,
    signature: bytes,
    text: bytes,
    digest: hashes.HashAlgorithm,
    *,
    pss: bool,
) -> None:
    try:
        key = certificate.public_key()
        if isinstance(key, rsa.RSAPublicKey):
            mask = padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
            key.verify(signature, text, mask if pss else padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, text, ec.ECDSA(digest))
        else:
            raise _BadAnswerError("サーバーの署名の方式に対応していません")
    except InvalidSignature as error:
        raise _BadAnswerError("サーバーの署名が正しくありません") from error


def _chain_checker() -> Any:
    try:
        return importlib.import_module("rfc3161_client")
    except ImportError as error:
        raise SignerError(
            "--timestamp-ca で確かめる部品がありません。pip install 'oqsgen[timestamp]' で入れてください。"
        ) from error


def _check_chain(
    client: Any, response: bytes, imprint: bytes, nonce: int, roots: Sequence[x509.Certificate]
) -> None:
    """Let another reader of tokens follow the certificates to one of ``roots``."""
    try:
        read = client.decode_timestamp_response(response)
        client.VerifierBuilder(roots=list(roots), nonce=nonce).build().verify(read, imprint)
    except (ValueError, client.VerificationError) as error:
        raise _BadAnswerError(
            "サーバーの証明書が --timestamp-ca の証明書につながりません"
        ) from error
