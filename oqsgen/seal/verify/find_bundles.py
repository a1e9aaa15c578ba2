"""Which bundles there are: a folder is one, or holds them, as ``dist`` and a stick do."""

import os
import re
from itertools import islice
from pathlib import Path

from oqsgen.seal.manifest import CATALOG, MANIFEST, SCRIPT
from oqsgen.seal.verify.check import FOLDER_NAME
from oqsgen.seal.verify.finding import Finding
from oqsgen.seal.verify.listing import ENTRIES, is_link
from oqsgen.seal.verify.system_files import BESIDE, is_left_file, is_left_folder

RESULTS = "results"
SIGNS = frozenset({SCRIPT, MANIFEST, CATALOG, "launcher.txt"})
"""A folder with one of these is meant to be a bundle, whatever else of it is gone."""

UNFINISHED = re.compile(r"\.[0-9]{10}_[A-Za-z0-9-]{1,15}\.(new-[0-9a-f]{8}|old)")
"""What a killed build leaves beside the bundles, see ``oqsgen.seal.folder``."""


def bundles_in(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The bundles at ``folder``, and what there is to say about everything else there."""
    try:
        names = _names(folder)
    except OSError as error:
        return [], [_off(folder, f"フォルダーとして読めません（{error.strerror}）。")]
    if _is_bundle(folder, names):
        return [folder], []
    bundles: list[Path] = []
    findings: list[Finding] = []
    if len(names) > ENTRIES:
        findings.append(
            _off(folder, "中身が多すぎて調べきれません。一式だけを入れてください。", "TOO_MANY")
        )
    for name in names:
        path = folder / name
        if is_link(os.fspath(path)):
            findings.append(_off(path, "別の場所へのリンクです。取り除いてください。", "LINK"))
        elif not path.is_dir():
            if not is_left_file(name, set(names)) and name.casefold() not in BESIDE:
                findings.append(_not_checked(path))
        elif name.casefold() == RESULTS or is_left_folder(name):
            continue
        elif UNFINISHED.fullmatch(name):
            text = "作成を途中で止めたときに残ったものです。取り除いてかまいません。"
            findings.append(Finding(os.fspath(path), "UNFINISHED", text, "notice"))
        else:
            try:
                is_bundle = _is_bundle(path, _names(path))
            except OSError as error:
                findings.append(_off(path, f"読めません（{error.strerror}）。", "UNREADABLE"))
                continue
            if is_bundle:
                bundles.append(path)
            else:
                findings.append(_not_checked(path))
    if not bundles:
        text = "oqsgen の一式がありません。端末ごとのフォルダーか、それが並ぶフォルダーを指定してください。"
        findings.append(_off(folder, text))
    return bundles, findings


def _names(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in islice(entries, ENTRIES + 1))


def _is_bundle(folder: Path, names: list[str]) -> bool:
    has_signs = any(name.casefold() in SIGNS for name in names)
    return has_signs or FOLDER_NAME.fullmatch(folder.name) is not None


def _off(path: Path, message: str, code: str = "NOT_A_BUNDLE") -> Finding:
    return Finding(os.fspath(path), code, message)


def _not_checked(path: Path) -> Finding:
    text = "oqsgen の一式ではないため、調べていません。"
    return Finding(os.fspath(path), "NOT_CHECKED", text, "notice")
