"""The files that are there against the files that should be, and in words how they differ."""

import codecs
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from oqsgen.seal.verify.finding import Finding
from oqsgen.seal.verify.listing import Listing, Odd
from oqsgen.seal.verify.system_files import companion_text, is_companion, is_left_file

COPY_AGAIN = "作った元から一式をコピーし直してください。"

ODD = {
    Odd.LINK: "ファイルそのものではなく、別の場所へのリンクです。消して、" + COPY_AGAIN,
    Odd.SPECIAL: "ふつうのファイルではありません。消して、" + COPY_AGAIN,
    Odd.UNREADABLE: "読めません。読み取りの許可と、USB メモリーの故障でないことを確かめてください。",
    Odd.TOO_LARGE: "大きすぎるため、読まずに止めました。一式にこの大きさのファイルはありません。"
    + COPY_AGAIN,
    Odd.TWICE: "同じ名前に見えるファイルが 2 つあります。両方とも開かずに取り除き、" + COPY_AGAIN,
    Odd.HIDDEN: "隠しファイルになっています。別のものが代わりに置かれていないか確かめ、"
    + COPY_AGAIN,
    Odd.TOO_MANY: "ファイルが多すぎるため、ここで止めました。一式の外のものを取り除いてください。",
}


def compare(listing: Listing, expected: Mapping[str, str | None]) -> Iterator[Finding]:
    """How ``listing`` differs from ``expected``: path → SHA-256, None for files judged elsewhere."""
    present = set(listing.files) - _left_files(listing, expected)
    missing = sorted(set(expected) - present - set(listing.odd))
    extra = sorted(present - set(expected))
    by_casefold = {path.casefold(): path for path in reversed(extra)}
    by_digest = {sha256(listing.files[path]): path for path in reversed(extra)} if missing else {}
    used_as_instead: set[str] = set()
    for path in missing:
        instead = _instead(path, by_casefold, by_digest.get(expected[path] or ""))
        if instead and instead.path not in used_as_instead:
            used_as_instead.add(instead.path)
            yield instead
        else:
            yield _missing(path, listing)
    for path in (path for path in extra if path not in used_as_instead):
        text = "作ったときには無かったファイルです。開かずに取り除き、もう一度確かめてください。"
        name = path.rpartition("/")[2]
        if is_companion(name, listing.files[path]):
            text = companion_text(name)
        yield Finding(path, "EXTRA", text)
    path_of = {digest: path for path, digest in reversed([*expected.items()])}
    for path in sorted(set(expected) & present):
        digest = expected[path]
        if digest is not None and sha256(listing.files[path]) != digest:
            yield _changed(path, listing.files[path], digest, path_of)
    yield from _folders(listing, expected)


def left_behind(listing: Listing, expected: Collection[str]) -> Iterator[Finding]:
    """What the system itself left inside the bundle of the ``expected`` paths."""
    for path in sorted(_left_files(listing, expected)):
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


def _left_files(listing: Listing, expected: Collection[str]) -> set[str]:
    """Files of the system's in ``listing``: macOS's companions belong to files that the bundle has."""
    companions: dict[str, set[str]] = defaultdict(set)
    parents = {str(above) for path in expected for above in PurePosixPath(path).parents}
    for path in {*expected, *parents - {"."}}:
        above, _, name = path.rpartition("/")
        companions[above].add(name)
    return {
        path
        for path, data in listing.files.items()
        if path not in expected
        and is_left_file(
            path.rpartition("/")[2], data, len(data), companions[path.rpartition("/")[0]]
        )
    }


def not_read(listing: Listing) -> Iterator[Finding]:
    """What could not be read as files."""
    for path, why in sorted(listing.odd.items()):
        yield Finding(path, why.value, ODD[why])


def _instead(path: str, by_casefold: Mapping[str, str], same: str | None) -> Finding | None:
    """The file that ``path`` was renamed to: in case alone, or ``same``, which has its content."""
    if name := by_casefold.get(path.casefold()):
        text = f"名前の大文字と小文字が違います。「{path}」に直すか、" + COPY_AGAIN
        return Finding(name, "CASE", text)
    if same:
        return Finding(
            same, "RENAMED", f"「{path}」の名前が変わっています。元に戻すか、" + COPY_AGAIN
        )
    return None


def _missing(path: str, listing: Listing) -> Finding:
    if path in listing.folders:
        return Finding(path, "FOLDER", "ファイルがフォルダーに置き換わっています。" + COPY_AGAIN)
    return Finding(path, "MISSING", "ありません。" + COPY_AGAIN)


def _changed(
    path: str, data: bytes, expected_digest: str, path_of: Mapping[str | None, str]
) -> Finding:
    twin = path_of.get(sha256(data))
    lines = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE)
    if not data:
        return Finding(path, "EMPTY", "空になっています。" + COPY_AGAIN)
    if twin:
        return Finding(path, "SWAPPED", f"中身が「{twin}」のものです。" + COPY_AGAIN)
    if expected_digest in map(sha256, (lines, data.replace(b"\r\n", b"\n"))):
        return Finding(
            path, "LINE_ENDS", "改行が変わっています（テキストとして転送した、など）。" + COPY_AGAIN
        )
    if any(sha256(mark + data) == expected_digest for mark in marks):
        return Finding(
            path,
            "NO_BOM",
            "先頭の BOM が消えています（エディターで保存し直した、など）。" + COPY_AGAIN,
        )
    return Finding(
        path,
        "CHANGED",
        "作ったときから変わっています。開かずに、" + COPY_AGAIN,
    )


def _folders(listing: Listing, expected: Mapping[str, str | None]) -> Iterator[Finding]:
    parents = {str(above) for path in expected for above in PurePosixPath(path).parents}
    by_casefold = {parent.casefold(): parent for parent in parents}
    for path in sorted(listing.folders - parents - set(expected)):
        right_name = by_casefold.get(path.casefold())
        if right_name:
            text = (
                f"フォルダー名の大文字と小文字が違います。「{right_name}」に直すか、" + COPY_AGAIN
            )
            yield Finding(path, "CASE", text)
        else:
            text = "作ったときには無かったフォルダーです。中を開かずに取り除いてください。"
            yield Finding(path, "EXTRA", text)
