"""What is known about a bundle after it was checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from oqsgen.seal.verify.certificates import Chain, fingerprint_of, name_of
from oqsgen.seal.verify.finding import Finding

Publisher = Literal["own", "oqsgen", "certificate"]

OQSGEN_NAMES = ("oqsgen publisher ", "oqsgen root ")


@dataclass(frozen=True)
class Signature:
    """Who signed: ``own`` is this user's publisher, ``oqsgen`` looks like another one's own."""

    name: str
    fingerprint: str
    root: str
    publisher: Publisher
    ends: date

    def as_json(self) -> dict[str, str]:
        return {
            "name": self.name,
            "fingerprint": self.fingerprint,
            "root": self.root,
            "publisher": self.publisher,
            "ends": self.ends.isoformat(),
        }


@dataclass(frozen=True)
class Report:
    """One bundle: its folder's name, what it says it is, who signed it, what is off.

    What an unsigned or changed bundle says about itself is no more than that.
    """

    folder: str
    id: str
    code: str
    terminal: str
    signature: Signature | None
    findings: tuple[Finding, ...]

    @property
    def fine(self) -> bool:
        return is_fine(self.findings)

    def as_json(self) -> dict[str, Any]:
        return {
            "folder": self.folder,
            "fine": self.fine,
            "id": self.id or None,
            "code": self.code or None,
            "terminal": self.terminal or None,
            "signature": self.signature and self.signature.as_json(),
            "findings": [finding.as_json() for finding in self.findings],
        }


def is_fine(findings: Iterable[Finding]) -> bool:
    """Whether nothing is off: notices alone do not count."""
    return all(finding.severity != "error" for finding in findings)


def signature_of(chain: Chain, own: frozenset[str]) -> Signature:
    """The signature made with the certificate of ``chain``."""
    name = name_of(chain.signer)
    root = name_of(chain.certificates[-1])
    fingerprint = fingerprint_of(chain.signer)
    publisher: Publisher = "certificate"
    if fingerprint in own:
        publisher = "own"
    elif name.startswith(OQSGEN_NAMES[0]) and root.startswith(OQSGEN_NAMES[1]):
        publisher = "oqsgen"
    return Signature(name, fingerprint, root, publisher, chain.ends.date())
