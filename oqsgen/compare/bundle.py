"""A bundle as a side of a comparison, read as one that may be anybody's."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from oqsgen import __version__
from oqsgen.clinic import resolve
from oqsgen.compare.side import Side, is_deeper, plan_steps, printed_pages
from oqsgen.input.clinic_text import ClinicText
from oqsgen.input.yaml_reader import parse
from oqsgen.limits import PLAN_DEPTH, SCRIPT_BYTES
from oqsgen.plan.plan import make_plan
from oqsgen.resources import digest
from oqsgen.seal.manifest import MANIFEST, SCRIPT
from oqsgen.seal.signer import utc_now
from oqsgen.seal.verify.check import check
from oqsgen.seal.verify.files import COPY_AGAIN, sha256
from oqsgen.seal.verify.finding import SealError, too_large
from oqsgen.seal.verify.listing import Listing, read_folder
from oqsgen.seal.verify.manifest_reader import input_of, read_manifest, text
from oqsgen.seal.verify.script import open_script, plan_in
from oqsgen.seal.verify.trust import Trust

READ = ("", SCRIPT, MANIFEST)
"""What a comparison reads of a bundle; what is wrong with any other file is for ``oqsgen verify``."""
NO_MATTER = frozenset({"UNSIGNED", "FOLDER_NAME", "EXPIRED", "NOT_YET_VALID"})
"""Errors with which a bundle cannot be used, and can be compared all the same."""


def of_bundle(folder: Path) -> Side:
    """The terminal of a bundle. Raises SealError for one that is not what it was when it was made."""
    listing = read_folder(folder)
    for finding in check(listing, Trust(utc_now())).findings:
        is_read = finding.path in READ and finding.code not in NO_MATTER
        if is_read and finding.severity == "error":
            raise SealError(finding.code, finding.message)
    manifest = read_manifest(_file(listing, MANIFEST))
    plan = plan_in(_script_text(_file(listing, SCRIPT), manifest))
    clinic_input = input_of(manifest)
    if is_deeper(clinic_input, PLAN_DEPTH.value):
        raise SealError("MANIFEST_BROKEN", f"{MANIFEST} を読めません。" + COPY_AGAIN)
    return Side(
        text(plan, "bundle", "facility", "code"),
        text(plan, "bundle", "terminal"),
        text(plan, "bundle", "manual"),
        text(plan, "bundle", "tool"),
        text(plan, "bundle", "id"),
        text(manifest, "signer") or None,
        clinic_input,
        plan_steps(plan),
        (
            _pages(clinic_input, text(plan, "bundle", "terminal"))
            if _is_of_this_version(manifest)
            else None
        ),
    )


def _file(listing: Listing, path: str) -> bytes:
    if path not in listing.files:
        raise SealError("MISSING", f"{path} がありません。一式のフォルダーを指定してください。")
    return listing.files[path]


def _script_text(script: bytes, manifest: Mapping[str, Any]) -> str:
    """The text of a script as its signature has it, or the manifest where there is none."""
    if len(script) > SCRIPT_BYTES.value:
        raise too_large()
    try:
        return open_script(script)[1]
    except SealError as error:
        if error.code != "UNSIGNED":
            raise
    if text(manifest, "files", SCRIPT) != sha256(script):
        raise SealError("CHANGED", f"{SCRIPT} が作ったときから変わっています。" + COPY_AGAIN)
    return script.decode("utf-8-sig", errors="replace")


def _is_of_this_version(manifest: Mapping[str, Any]) -> bool:
    content = text(manifest, "identity", "versions", "content")
    return text(manifest, "tool") == f"oqsgen {__version__}" and content == digest()


def _pages(clinic_input: Any, terminal: str) -> tuple[Any, ...] | None:
    """The words of the checklist that this version makes of the input; None where it takes that for no clinic's file."""
    profile = next(_profiles(clinic_input, terminal), None)
    return printed_pages(profile, make_plan(profile)) if profile else None


def _profiles(clinic_input: Any, terminal: str) -> Iterator[Any]:
    document, _ = parse(ClinicText(MANIFEST, json.dumps(clinic_input, ensure_ascii=False)))
    profiles = resolve(document)[0] if document else ()
    yield from (profile for profile in profiles if profile.terminal.name == terminal)
