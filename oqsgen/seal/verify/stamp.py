"""Time stamps on a signature (RFC 3161): the time at which a signature is judged.

Anybody can run a server that says any time. So a token moves that time only where its certificates
lead to a root that the person named; otherwise a signature is judged by today's date.
"""

from collections.abc import Iterable
from datetime import datetime

from cryptography import x509

from oqsgen.seal.certificate_files import UNREADABLE, issued
from oqsgen.seal.timestamp import Stamp, is_ahead, read_stamp
from oqsgen.seal.verify.certificates import short_name
from oqsgen.seal.verify.finding import Finding
from oqsgen.seal.verify.message import SignedMessage


def judged_at(
    message: SignedMessage, path: str, now: datetime, roots: frozenset[x509.Certificate]
) -> tuple[datetime, tuple[Finding, ...]]:
    """The time at which the certificates have to be valid, and what there is to say about it."""
    if message.timestamp is None:
        return now, ()
    try:
        stamp = read_stamp(message.timestamp, message.signature)
        server, trusted = short_name(stamp.certificate), _leads_to(stamp, roots)
    except UNREADABLE:
        text = "タイムスタンプが壊れているか、この署名のものではありません。作り直してください。"
        return now, (Finding(path, "TIMESTAMP_WRONG", text),)
    description = f"タイムスタンプ: {stamp.at:%Y-%m-%d %H:%M:%S} UTC、サーバー「{server}」。"
    if is_ahead(stamp, now):
        text = description + "未来の時刻です。この PC の日付を確かめてください。"
        return now, (Finding(path, "TIMESTAMP_WRONG", text),)
    if not trusted:
        text = description + (
            "サーバーの証明書がどのルートにつながるかは調べていないため、有効期間は今日の日付で"
            "判断しました。調べるには --timestamp-ca でルートの証明書を指定してください。"
            if not roots
            else "サーバーの証明書が --timestamp-ca の証明書につながりません。"
        )
        return now, (Finding(path, "TIMESTAMP_NOT_TRUSTED", text, "error" if roots else "notice"),)
    return stamp.at, (Finding(path, "TIMESTAMP", description, "notice"),)


def _leads_to(stamp: Stamp, roots: frozenset[x509.Certificate]) -> bool:
    """Whether the server's certificate was issued, at the time that it says, below one of ``roots``."""
    last, carried = stamp.certificate, list(stamp.carried)
    while roots:
        if not last.not_valid_before_utc <= stamp.at <= last.not_valid_after_utc:
            return False
        if last in roots or _issuer(last, roots):
            return True
        issuer = _issuer(last, carried)
        if issuer is None:
            return False
        carried.remove(issuer)
        last = issuer
    return False


def _issuer(
    certificate: x509.Certificate, candidates: Iterable[x509.Certificate]
) -> x509.Certificate | None:
    return next(
        (
            candidate
            for candidate in candidates
            if _is_ca(candidate) and issued(candidate, certificate)
        ),
        None,
    )


def _is_ca(certificate: x509.Certificate) -> bool:
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    except (x509.ExtensionNotFound, ValueError):
        return False
    return constraints.value.ca
