"""What a check goes by: the time, this user's own publisher, and certificates to trust."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from oqsgen.files import read_regular
from oqsgen.limits import CERTIFICATE_BYTES
from oqsgen.seal.certificate_files import UNREADABLE, read_pem_or_der
from oqsgen.seal.publisher import CERTIFICATE_FILE


@dataclass(frozen=True)
class Trust:
    """Whom a person trusts.

    ``own``: SHA-256 of this user's publisher certificates, old and new; the report names them, they
    decide nothing. ``trust``: one of these has to stand in the signer's chain; empty accepts every
    signer. A time stamp counts where its server's certificate leads to one of ``timestamp_roots``.
    """

    now: datetime
    own: frozenset[str] = frozenset()
    trust: frozenset[x509.Certificate] = frozenset()
    timestamp_roots: frozenset[x509.Certificate] = frozenset()


def own_fingerprints(folder: Path) -> frozenset[str]:
    """The publisher kept in ``folder`` and those before it; none is made for a check."""
    fingerprints = set()
    for publisher_folder in (folder, *folder.parent.glob(f"{folder.name}-*")):
        with suppress(OSError):
            fingerprints.add(
                hashlib.sha256(
                    read_regular(publisher_folder / CERTIFICATE_FILE, CERTIFICATE_BYTES)
                ).hexdigest()
            )
    return frozenset(fingerprints)


def certificates_in(path: Path) -> frozenset[x509.Certificate]:
    """The certificates in a PEM or DER file. Raises OSError, or ValueError for anything else."""
    data = read_regular(path, CERTIFICATE_BYTES)
    try:
        return frozenset(read_pem_or_der(data))
    except UNREADABLE as error:
        raise ValueError("not a certificate") from error
