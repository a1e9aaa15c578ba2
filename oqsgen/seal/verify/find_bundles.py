"""Which bundles there are: a folder is one, or holds them, as ``dist`` and a stick do.

What lies beside bundles is no part of them, but a person sees it first. So anything there that Windows could
start is an error, one level down as well and anywhere in ``results``; the installers of a visit are named with
their SHA-256. What is deeper is said to be not looked at.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from oqsgen.files import open_regular, reason
from oqsgen.limits import FILE_BYTES, FOLDER_DEPTH, FOLDER_ENTRIES, INSTALLER_BYTES
from oqsgen.manual.versions import installer_names
from oqsgen.seal.verify.finding import Finding
from oqsgen.seal.verify.listing import is_folder, is_hidden, is_link
from oqsgen.seal.verify.places import FOLDER_NAME, is_bundle, names_in
from oqsgen.seal.verify.system_files import (
    DESKTOP_INI,
    companion_text,
    is_companion,
    is_left_file,
    is_root_folder,
    may_start,
    may_start_in_root_folder,
    misleads,
    shows_something_else,
)
from oqsgen.text import is_visible

RESULTS = "results"
RESULT = re.compile(
    FOLDER_NAME.pattern + r"/([0-9]{8}-[0-9]{6}_(Apply|Verify|Rollback)_[0-9A-Za-z._-]+"
    r"/(result\.json|result\.html|log\.txt)|[A-Za-z0-9-]{1,15}_[0-9]{4}-[0-9]{2}-[0-9]{2}\.html)"
)
"""What a pass writes below RESULTS (``Get-ResultFolder`` and ``Get-DayName`` in ``templates/ps1/runtime``)."""

UNFINISHED = re.compile(r"\.[0-9]{10}_[A-Za-z0-9-]{1,15}\.(new-[0-9a-f]{8}|old)")
"""What a killed build leaves beside the bundles, see ``oqsgen.seal.folder``."""

COPY_MARK = (
    r"(?:[ _.-]?(?:v(?:er)?\.?)?[0-9]+(?:[._][0-9]+)*)?"
    r"(?: ?\([0-9]+\))?(?: - コピー(?: \([0-9]+\))?)?"
)
"""What stands for the ``*`` in an installer's name: its version, and what a second download or copy adds."""

BEGINNING = 16
"""Bytes by which a system's file is told."""


class _Installer(NamedTuple):
    """An installer of the visit, which is not ours."""

    path: Path
    size: int


Found = Finding | _Installer


def bundles_in(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The bundles at ``folder``, and what there is to say about everything else there."""
    try:
        names = names_in(folder)
    except OSError as error:
        return [], [_off(folder, f"フォルダーとして読めません（{reason(error)}）。")]
    if is_bundle(folder, names):
        return [folder], []
    bundles: list[Path] = []
    findings = list(_hashed(_beside(folder, names, bundles)))
    if not bundles:
        text = "oqsgen の一式がありません。端末ごとのフォルダーか、それが並ぶフォルダーを指定してください。"
        findings.append(_off(folder, text))
    return bundles, findings


def _beside(folder: Path, names: list[str], bundles: list[Path]) -> Iterator[Found]:
    """What ``folder`` holds besides the ``bundles``, which are added as they are found."""
    if len(names) > FOLDER_ENTRIES.value:
        text = "中身が多すぎて調べきれません。一式だけを入れてください。"
        yield _off(folder, text, "TOO_MANY")
    for name in names:
        path = folder / name
        if misleading := _misleading(path):
            yield misleading
        elif not is_folder(os.fspath(path)):
            yield from _file(path, set(names), "root")
        elif is_root_folder(name):
            yield from _root_folder(path)
        elif UNFINISHED.fullmatch(name):
            text = "作成を途中で止めたときに残ったものです。開かずに取り除いてください。"
            yield _off(path, text, "UNFINISHED")
        else:
            yield from _folder(path, bundles)


def _folder(path: Path, bundles: list[Path]) -> Iterator[Found]:
    """A bundle, results, or the files of another folder, one level of them."""
    if path.name.casefold() == RESULTS:
        yield from _results(path)
        return
    try:
        names = names_in(path)
    except OSError as error:
        yield _unreadable(path, error)
        return
    if is_bundle(path, names):
        bundles.append(path)
        return
    yield _notice(path, "oqsgen の一式ではないため、すぐに動くファイルがないかだけを調べました。")
    yield from _inside(path, names)
    for name in names:
        inner = path / name
        if not is_folder(os.fspath(inner)) or _misleading(inner):
            continue
        try:
            inner_names = names_in(inner)
        except OSError as error:
            yield _unreadable(inner, error)
            continue
        if is_bundle(inner, inner_names):
            bundles.append(inner)
        else:
            yield _notice(inner, "この中は調べていません。")


def _results(folder: Path, within: str = "") -> Iterator[Found]:
    """What could be started in a folder of results, down to its bottom, and what no pass has left there.

    ``within`` is the path of ``folder`` below the one that holds all results, with a ``/`` behind each part.
    """
    if within.count("/") == FOLDER_DEPTH.value:
        yield _off(folder, "フォルダーが深すぎて調べきれません。取り除いてください。", "TOO_MANY")
        return
    try:
        names = names_in(folder)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    yield from _too_many(folder, names)
    for name in names:
        path = folder / name
        if misleading := _misleading(path):
            yield misleading
        elif is_folder(os.fspath(path)):
            yield from _results(path, f"{within}{name}/")
        else:
            for finding in _file(path, set(names), "results"):
                if not (_is_plain(finding) and RESULT.fullmatch(within + name)):
                    yield finding


def _root_folder(folder: Path) -> Iterator[Finding]:
    """What could be started directly in a folder of the system's: its name alone proves nothing."""
    try:
        names = names_in(folder)
    except OSError:
        # Windows keeps it closed, to whoever would start something there, too.
        return
    for name in names:
        path = folder / name
        if is_folder(os.fspath(path)):
            starts = shows_something_else(name)
        else:
            starts = is_link(os.fspath(path)) or may_start_in_root_folder(folder.name, name)
        if starts:
            text = "システムのものではなく、開くと動くかもしれません。開かずに取り除いてください。"
            yield _off(path, text, "STARTS")


def _inside(folder: Path, names: list[str]) -> Iterator[Found]:
    """What could be started in a folder that is not a bundle."""
    yield from _too_many(folder, names)
    for name in names:
        path = folder / name
        if misleading := _misleading(path):
            yield misleading
        elif not is_folder(os.fspath(path)):
            for finding in _file(path, set(names), "folder"):
                if not _is_plain(finding):
                    yield finding


def _too_many(folder: Path, names: list[str]) -> Iterator[Finding]:
    if len(names) > FOLDER_ENTRIES.value:
        yield _off(folder, "中身が多すぎて調べきれません。取り除いてください。", "TOO_MANY")


def _is_plain(finding: Found) -> bool:
    """Whether it says no more than that this is none of ours."""
    return isinstance(finding, Finding) and finding.code == "NOT_CHECKED"


def _misleading(path: Path) -> Finding | None:
    """What is said of a link, and of a folder that Explorer shows as something else: neither is looked into."""
    if is_link(os.fspath(path)):
        return _off(path, "別の場所へのリンクです。取り除いてください。", "LINK")
    if is_folder(os.fspath(path)) and shows_something_else(path.name):
        text = "別のものに見えるフォルダーです。開かずに取り除いてください。"
        return _off(path, text, "STARTS")
    return None


def _file(
    path: Path, others: set[str], place: Literal["root", "folder", "results"]
) -> Iterator[Found]:
    """A file that belongs to no bundle. No visit puts an installer into the results."""
    try:
        with open_regular(path, follow=False) as file:
            beginning, size = file.read(BEGINNING), os.fstat(file.fileno()).st_size
    except OSError as error:
        yield _unreadable(path, error)
        return
    name = path.name
    if is_left_file(name, beginning, size, others, root=place == "root"):
        return
    if name.casefold() == DESKTOP_INI:
        yield from _desktop_ini(path, size)
    elif place != "results" and _is_installer(name) and not is_hidden(os.fspath(path)):
        yield _Installer(path, size)
    elif may_start(name):
        text = "一式のものではなく、開くと動くかもしれません。開かずに取り除いてください。"
        if is_companion(name, beginning):
            text = companion_text(name)
        yield _off(path, text, "STARTS")
    else:
        yield _notice(path, "oqsgen の一式ではないため、調べていません。")


def _desktop_ini(path: Path, size: int) -> Iterator[Finding]:
    with open_regular(path, follow=False) as file:
        data = file.read(FILE_BYTES.value)
    if len(data) < size or misleads(data):
        text = "フォルダーを別のものに見せるか、開くだけで別のコンピューターにつなぎます。取り除いてください。"
        yield _off(path, text, "STARTS")


def _hashed(findings: Iterable[Found]) -> Iterator[Finding]:
    """The findings; each installer named with what its maker's page can be compared with."""
    room = INSTALLER_BYTES.value
    for each in findings:
        if isinstance(each, Finding):
            yield each
        elif each.size > room:
            text = "インストーラーが大きすぎるため、読まずに止めました。取り除いてください。"
            yield _off(each.path, text, "TOO_LARGE")
        else:
            room -= each.size
            yield _installer(each)


def _installer(installer: _Installer) -> Finding:
    try:
        with open_regular(installer.path, follow=False) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return _unreadable(installer.path, error)
    text = (
        f"インストーラーです。中身は調べていません（{installer.size:,} バイト、SHA-256 {digest}）。"
        "入手先が確かなものだけを使ってください。"
    )
    return Finding(os.fspath(installer.path), "NOT_LOOKED_AT", text, "notice")


def _is_installer(name: str) -> bool:
    # Windows tells ``ſ`` from ``s``, which ``casefold`` does not.
    return all(map(is_visible, name)) and any(
        re.fullmatch(COPY_MARK.join(map(re.escape, pattern.lower().split("*"))), name.lower())
        for pattern in installer_names()
    )


def _off(path: Path, message: str, code: str = "NOT_A_BUNDLE") -> Finding:
    return Finding(os.fspath(path), code, message)


def _unreadable(path: Path, error: OSError) -> Finding:
    return _off(path, f"読めません（{reason(error)}）。", "UNREADABLE")


def _notice(path: Path, message: str) -> Finding:
    return Finding(os.fspath(path), "NOT_CHECKED", message, "notice")
