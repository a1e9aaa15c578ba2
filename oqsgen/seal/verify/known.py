"""What a check goes by: the time, this user's own publisher, and certificates to trust."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from oqsgen.seal.publisher import CERTIFICATE_FILE
from oqsgen.seal.verify.message import UNREADABLE

CERTIFICATE_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Known:
    """``own`` are fingerprints. An empty ``trust`` trusts whoever signed, and only says who it was."""

    now: datetime
    own: frozenset[str] = frozenset()
    trust: frozenset[x509.Certificate] = frozenset()


def own_fingerprints(folder: Path) -> frozenset[str]:
    """The publisher kept in ``folder``, where there is one; none is made for a check."""
    try:
        certificate = (folder / CERTIFICATE_FILE).read_bytes()
    except OSError:
        return frozenset()
    return frozenset({hashlib.sha256(certificate).hexdigest()})


def certificates_in(path: Path) -> frozenset[x509.Certificate]:
    """The certificates in a PEM or DER file. Raises OSError, or ValueError for anything else."""
    with path.open("rb") as file:
        data = file.read(CERTIFICATE_BYTES)
    try:
        if b"-----BEGIN" in data:
            return frozenset(x509.load_pem_x509_certificates(data))
        return frozenset({x509.load_der_x509_certificate(data)})
    except UNREADABLE as error:
        raise ValueError("not a certificate") from error
