"""What a check has to say about a bundle: data, for people in Japanese."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "notice"]


@dataclass(frozen=True)
class Finding:
    """One thing about one file (``path`` is empty for the bundle as a whole).

    An ``error`` means: do not use this bundle. A ``notice`` is to be known, and nothing more.
    """

    path: str
    code: str
    message: str
    severity: Severity = "error"

    def as_json(self) -> dict[str, str]:
        return {
            "code": self.code,
            "severity": self.severity,
            "path": self.path,
            "message": self.message,
        }


class SealError(Exception):
    """Ends a check: ``code`` as in Finding, the text is Japanese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def too_large() -> SealError:
    """For something larger than anything of ours: it is not looked at."""
    return SealError("TOO_LARGE", "大きすぎます。作った元からコピーし直してください。")
