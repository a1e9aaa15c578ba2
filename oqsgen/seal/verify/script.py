"""A signed script, read from its end: one signature block, and nothing behind it."""

import codecs
import hashlib
import json
import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from typing import Any

from oqsgen.limits import BLOCK_BYTES, SCRIPT_BYTES
from oqsgen.seal.authenticode import (
    BEGIN,
    END,
    LINE,
    has_crlf_alone,
    indirect_data,
)
from oqsgen.seal.cms import SPC_INDIRECT_DATA
from oqsgen.seal.verify.finding import SealError, too_large
from oqsgen.seal.verify.manifest_reader import BUNDLE_ID, text
from oqsgen.seal.verify.message import SignedMessage, in_our_form, open_message

MARKER = re.compile(rb"#[ \t]*sig[ \t]*#", re.IGNORECASE)
PLAN_BEGINS = "\r\n$plan = @'\r\n"
PLAN_ENDS = "\r\n'@\r\n"


def open_script(script: bytes) -> tuple[SignedMessage, str]:
    """The signed message in ``script``, and the text that it signs.

    Raises SealError: TOO_LARGE, UNSIGNED, NO_BOM, LINE_ENDS, APPENDED, SECOND_BLOCK, TEXT_CHANGED,
    SCRIPT_FORM for the same signature in another form, and those of ``open_message``.
    """
    if len(script) > SCRIPT_BYTES.value:
        raise too_large()
    head, begin, block = script.partition(BEGIN.encode())
    if not begin:
        raise _without_block(script)
    if not script.startswith(codecs.BOM_UTF8):
        raise SealError(
            "NO_BOM",
            "先頭の BOM が消えています（エディターで保存し直した、など）。"
            "作った元からコピーし直してください。",
        )
    if MARKER.search(head) or script.count(BEGIN.strip().encode()) != 1:
        raise SealError(
            "SECOND_BLOCK",
            "署名の部分が 2 つあります。書き換えられています。作った元からコピーし直してください。",
        )
    lines, end, behind = block.partition(END.encode())
    if not end or behind:
        raise SealError(
            "APPENDED",
            (
                "署名の後ろに書き足されています。実行しないでください。作った元からコピーし直して"
                "ください。"
                if end
                else "署名の途中で切れています。作った元からコピーし直してください。"
            ),
        )
    encoded = _decoded(lines)
    signed_text = _script_text(head)
    message = open_message(encoded, SPC_INDIRECT_DATA)
    digest = hashlib.sha256(signed_text.encode("utf-16-le")).digest()
    if message.content.encoded != indirect_data(digest):
        raise SealError(
            "TEXT_CHANGED",
            "署名した後で書き換えられています。実行しないでください。"
            "作った元からコピーし直してください。",
        )
    if in_our_form(message, SPC_INDIRECT_DATA) != encoded:
        raise SealError(
            "SCRIPT_FORM",
            "署名が oqsgen の書く形ではありません。署名の外側が書き換えられています。実行しないでください。"
            "作った元からコピーし直してください。",
        )
    return message, signed_text


def plan_in(script_text: str) -> dict[str, Any]:
    """The plan that a script carries. Raises SealError where there is no such thing."""
    _, begins, rest = script_text.partition(PLAN_BEGINS)
    plan, ends, behind = rest.partition(PLAN_ENDS)
    if not begins or not ends or PLAN_BEGINS in behind:
        raise _no_plan()
    try:
        data = json.loads(plan)
    except (ValueError, RecursionError) as error:
        raise _no_plan() from error
    if not isinstance(data, dict) or not BUNDLE_ID.fullmatch(text(data, "bundle", "id")):
        raise _no_plan()
    return data


def _decoded(block: bytes) -> bytes:
    """The DER in the lines of a block: canonical base64, 64 characters a line."""
    if len(block) > BLOCK_BYTES.value:
        raise too_large()
    *lines, last = block.split(b"\r\n")
    contents = [line.removeprefix(b"# ") for line in lines]
    joined = b"".join(contents)
    try:
        decoded = b64decode(joined, validate=True)
    except (Base64Error, ValueError) as error:
        raise _bad_block() from error
    wanted = [joined[i : i + LINE] for i in range(0, len(joined), LINE)]
    prefixed = all(line.startswith(b"# ") for line in lines)
    if last or not prefixed or contents != wanted or b64encode(decoded) != joined:
        raise _bad_block()
    return decoded


def _script_text(head: bytes) -> str:
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SealError(
            "NOT_UTF8", "文字が壊れています（UTF-8 ではない）。作った元からコピーし直してください。"
        ) from error
    if not has_crlf_alone(head):
        raise SealError(
            "LINE_ENDS",
            "改行が CRLF ではない行があります。テキストとして転送・保存せず、"
            "作った元からコピーし直してください。",
        )
    return text


def _without_block(script: bytes) -> SealError:
    if BEGIN.strip().encode() in script:
        return SealError(
            "LINE_ENDS",
            "改行が変わっていて、署名が署名として読めません。テキストとして転送・保存せず、"
            "作った元からコピーし直してください。",
        )
    return SealError("UNSIGNED", "署名がありません。署名した一式を使ってください。")


def _bad_block() -> SealError:
    return SealError(
        "SIGNATURE_BROKEN",
        "署名の部分が壊れているか、書き換えられています。作った元からコピーし直してください。",
    )


def _no_plan() -> SealError:
    return SealError(
        "NO_PLAN", "oqsgen のスクリプトではありません。oqsgen build で作ったものを使ってください。"
    )
