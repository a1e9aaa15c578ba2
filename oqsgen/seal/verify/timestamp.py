"""Time stamps on a signature (RFC 3161): whether there is one.

The one place to decide at which time a signature is judged. A token is not checked yet, so it does
not move that time either: a signature is judged by today's date, as if it had no time stamp.
"""

from datetime import datetime

from oqsgen.seal.verify.finding import Finding
from oqsgen.seal.verify.message import SignedMessage


def judged_at(
    message: SignedMessage, path: str, now: datetime
) -> tuple[datetime, tuple[Finding, ...]]:
    """The time at which the certificates have to be valid, and what there is to say about it."""
    if message.timestamp is None:
        return now, ()
    text = (
        "タイムスタンプがありますが、正しいかどうかは調べていません。有効期間は今日の日付で"
        "判断しました。"
    )
    return now, (Finding(path, "TIMESTAMP_NOT_CHECKED", text, "notice"),)
