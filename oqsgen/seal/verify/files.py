"""The files that are there against the files that should be, and in words how they differ."""

import codecs
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from oqsgen.seal.verify.finding import Finding
from oqsgen.seal.verify.listing import Listing, Odd
from oqsgen.seal.verify.system_files import is_left_file, is_left_folder

AGAIN = "作った元から一式をコピーし直してください。"

ODD = {
    Odd.LINK: "ファイルそのものではなく、別の場所へのリンクです。消して、" + AGAIN,
    Odd.SPECIAL: "ふつうのファイルではありません。消して、" + AGAIN,
    Odd.UNREADABLE: "読めません。読み取りの許可と、USB メモリーの故障でないことを確かめてください。",
    Odd.TOO_LARGE: "大きすぎるため、読まずに止めました。一式にこの大きさのファイルはありません。"
    + AGAIN,
    Odd.TOO_MANY: "ファイルが多すぎるため、ここで止めました。一式の外のものを取り除いてください。",
}


def compare(listing: Listing, expected: Mapping[str, str | None]) -> Iterator[Finding]:
    """How ``listing`` differs from ``expected``: path → SHA-256, None for files judged elsewhere."""
    there = set(listing.files) - _left_files(listing)
    missing = sorted(set(expected) - there - set(listing.odd))
    extra = sorted(there - set(expected))
    digests = {path: sha256(listing.files[path]) for path in extra} if missing else {}
    for path in missing:
        instead = _instead(path, expected[path], {other: digests[other] for other in extra})
        if instead:
            extra = [one for one in extra if one != instead.path]
        yield instead or _missing(path, listing)
    for path in extra:
        yield Finding(
            path,
            "EXTRA",
            "作ったときには無かったファイルです。開かずに取り除き、もう一度確かめてください。",
        )
    for path in sorted(set(expected) & there):
        wanted = expected[path]
        if wanted is not None and sha256(listing.files[path]) != wanted:
            yield _changed(path, listing.files[path], wanted, expected)
    yield from _folders(listing, expected)


def left_behind(listing: Listing) -> Iterator[Finding]:
    """What the system itself left inside the bundle."""
    files = _left_files(listing)
    folders = {path for path in listing.folders if is_left_folder(PurePosixPath(path).name)}
    for path in sorted(files | folders):
        yield Finding(
            path,
            "LEFT_BY_SYSTEM",
            "Windows か macOS が置いたもので、一式のものではありません。"
            "気になるときは取り除いてください。",
            "notice",
        )


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def _left_files(listing: Listing) -> set[str]:
    beside: dict[str, set[str]] = defaultdict(set)
    for path in (*listing.files, *listing.folders):
        above, _, name = path.rpartition("/")
        beside[above].add(name)
    return {
        path
        for path in listing.files
        if is_left_file(path.rpartition("/")[2], beside[path.rpartition("/")[0]])
    }


def not_read(listing: Listing) -> Iterator[Finding]:
    """What could not be read as files."""
    for path, why in sorted(listing.odd.items()):
        yield Finding(path, why.value, ODD[why])


def _instead(path: str, wanted: str | None, extra: Mapping[str, str]) -> Finding | None:
    """The file that ``path`` was renamed to; ``extra`` are the files to choose from."""
    for other in extra:
        if other.casefold() == path.casefold():
            text = f"名前の大文字と小文字が違います。「{path}」に直すか、" + AGAIN
            return Finding(other, "CASE", text)
    for other, digest in extra.items():
        if digest == wanted:
            text = f"「{path}」の名前が変わっています。元に戻すか、" + AGAIN
            return Finding(other, "RENAMED", text)
    return None


def _missing(path: str, listing: Listing) -> Finding:
    if path in listing.folders:
        return Finding(path, "FOLDER", "ファイルがフォルダーに置き換わっています。" + AGAIN)
    return Finding(path, "MISSING", "ありません。" + AGAIN)


def _changed(path: str, data: bytes, wanted: str, expected: Mapping[str, str | None]) -> Finding:
    found = sha256(data)
    same = [other for other, digest in expected.items() if digest == found]
    lines = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE)
    if not data:
        return Finding(path, "EMPTY", "空になっています。" + AGAIN)
    if same:
        return Finding(path, "SWAPPED", f"中身が「{same[0]}」のものです。" + AGAIN)
    if wanted in map(sha256, (lines, data.replace(b"\r\n", b"\n"))):
        return Finding(
            path, "LINE_ENDS", "改行が変わっています（テキストとして転送した、など）。" + AGAIN
        )
    if any(sha256(mark + data) == wanted for mark in marks):
        return Finding(
            path, "NO_BOM", "先頭の BOM が消えています（エディターで保存し直した、など）。" + AGAIN
        )
    return Finding(
        path,
        "CHANGED",
        "作ったときから変わっています。開かずに、" + AGAIN,
    )


def _folders(listing: Listing, expected: Mapping[str, str | None]) -> Iterator[Finding]:
    parents = {str(above) for path in expected for above in PurePosixPath(path).parents}
    spelt = {parent.casefold(): parent for parent in parents}
    for path in sorted(listing.folders - parents - set(expected)):
        right = spelt.get(path.casefold())
        if right:
            text = f"フォルダー名の大文字と小文字が違います。「{right}」に直すか、" + AGAIN
            yield Finding(path, "CASE", text)
        elif not is_left_folder(PurePosixPath(path).name):
            text = "作ったときには無かったフォルダーです。中を開かずに取り除いてください。"
            yield Finding(path, "EXTRA", text)
