"""A PFX file, opened in a process of its own that is ended once it takes too long.

How often a password is hashed, the file says: of one part inside another, only once the outer one is decrypted. No
library stops at a number, and nothing stops what hashes but the end of its process. The password goes there by a
pipe, and what was in the file comes back by one. Run as a script, this file is that process.
"""

import json
import signal
import subprocess
import sys
from base64 import b64decode, b64encode

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    pkcs12,
)

Contents = tuple[PrivateKeyTypes | None, x509.Certificate | None, list[x509.Certificate]]
"""A key, the certificate of it, and the other certificates."""
Answer = tuple[str | None, str | None, list[str]]
"""The same as DER in Base64; what one process tells the other."""


def open_pfx(data: bytes, password: bytes | None, seconds: float) -> Contents:
    """What is in a PFX file. Raises ValueError where it cannot be opened, TimeoutError after ``seconds``,
    OSError where no process can be started.
    """
    question = {"data": _text(data), "password": None if password is None else _text(password)}
    # -P: nothing is imported from the folder that this file, or the user, is in.
    command = [sys.executable, "-P", "-W", "ignore", __file__]
    try:
        process = subprocess.run(
            command,
            input=json.dumps(question).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    except subprocess.CalledProcessError:
        raise ValueError("a PFX file that cannot be opened") from None
    return contents(json.loads(process.stdout))


def answer(data: bytes, password: bytes | None) -> Answer:
    """What is in a PFX file, for as long as it takes. Raises whatever cryptography does."""
    key, certificate, others = pkcs12.load_key_and_certificates(data, password)
    plain = (Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return (
        _text(key.private_bytes(*plain)) if key else None,
        _text(certificate.public_bytes(Encoding.DER)) if certificate else None,
        [_text(each.public_bytes(Encoding.DER)) for each in others],
    )


def contents(answered: Answer) -> Contents:
    """The same, read from an answer. Raises ValueError."""
    key, certificate, others = answered
    return (
        # Whoever answered has made sure of it.
        (
            load_der_private_key(b64decode(key), None, unsafe_skip_rsa_key_validation=True)
            if key
            else None
        ),
        x509.load_der_x509_certificate(b64decode(certificate)) if certificate else None,
        [x509.load_der_x509_certificate(b64decode(each)) for each in others],
    )


def _main() -> None:
    """Answer the question on standard input; a file that cannot be opened ends it with a code and without an answer."""
    # At once, in the middle of a hash, too.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    question = json.load(sys.stdin)
    password = question["password"]
    password = None if password is None else b64decode(password)
    json.dump(answer(b64decode(question["data"]), password), sys.stdout)


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


if __name__ == "__main__":
    _main()
