"""One terminal's bundle: every file as bytes, from its profile, its plan and its signer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any

from oqsgen import __version__
from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.windows import ACCOUNT, supported
from oqsgen.manual.rows import areas
from oqsgen.manual.sources import edition
from oqsgen.plan.care import care
from oqsgen.plan.continuation import continuation
from oqsgen.plan.plan import make_plan
from oqsgen.plan.step import Step
from oqsgen.plan.visit import Number, usable
from oqsgen.render.annex import annex, terminal_annex
from oqsgen.render.launchers import launchers
from oqsgen.render.powershell import terminal_script
from oqsgen.render.sheet import about, sheet
from oqsgen.render.task_files import task_files
from oqsgen.resources import digest, spec
from oqsgen.seal.authenticode import sign_script
from oqsgen.seal.catalog import catalog, list_id
from oqsgen.seal.manifest import CATALOG, MANIFEST, SCRIPT, bundle_id, hashes, manifest
from oqsgen.seal.signer import Signer
from oqsgen.subjects import KINDS

CHECKLIST = "チェックリスト.pdf"
ANNEX = "付録.pdf"
TERMINAL_ANNEX = "付録_この端末.pdf"
PROGRAM = "オンライン資格確認 資格確認端末の設定"
"""What Windows shows as the name of the signed script and of the catalog."""

PLAN_FORMAT = 1
"""Of the plan in the script; its runtime reads no other."""

SHAPING = ("jinja2", "noto-cjk-sans-jp-bold", "noto-cjk-sans-jp-regular", "segno", "typst")
"""The libraries whose versions decide bytes of a bundle."""

CATALOG_MADE = datetime(2000, 1, 1)
"""The same in every bundle: a catalog has to hold some date, and nothing reads it."""


@dataclass(frozen=True)
class Bundle:
    """A finished bundle: its folder's name, its id, how many steps, its files (path → bytes)."""

    folder: str
    id: str
    steps: int
    files: Mapping[str, bytes]


def make_bundle(profile: TerminalProfile, signer: Signer | None) -> Bundle:
    """The bundle for ``profile``, the same bytes for the same profile, version and signer.

    Raises MissingGlyph where the fonts of the printed documents lack a character of the input.
    """
    steps = make_plan(profile)
    identity = _identity(profile, signer)
    id = bundle_id(identity)
    printed = about(profile, steps, id, signer)
    siblings = {
        CHECKLIST: sheet(printed),
        ANNEX: annex(profile.job.mode, profile.terminal.os),
        TERMINAL_ANNEX: terminal_annex(profile, steps, printed.numbers),
        **task_files(steps),
        **launchers(
            mode=profile.job.mode,
            signed=signer is not None,
            publisher=signer.fingerprint if signer else None,
        ),
        **(signer.publisher_files() if signer else {}),
    }
    script = terminal_script(script_plan(profile, steps, printed.numbers, id, siblings, signer))
    if signer:
        script = sign_script(script, signer, PROGRAM)
    files = {**siblings, SCRIPT: script}
    head = {
        "tool": f"oqsgen {__version__}",
        "manual": edition(),
        "id": id,
        "identity": identity,
        "facility": {"code": profile.facility.code},
        "terminal": profile.terminal.name,
        "signer": signer and signer.fingerprint,
    }
    sealed = {**files, MANIFEST: manifest(head, files)}
    if signer:
        # Last, because it is over every other file as it is shipped, the signed script included.
        sealed[CATALOG] = catalog(sealed, list_id(id), CATALOG_MADE, signer, PROGRAM)
    return Bundle(profile.name, id, len(steps), sealed)


def _identity(profile: TerminalProfile, signer: Signer | None) -> dict[str, Any]:
    """Everything that decides the bytes of a bundle, as JSON data: what its id is the hash of."""
    return {
        "input": profile.resolved_input(),
        "options": {"unsigned": signer is None, **_timestamp_option(signer)},
        "versions": {
            "oqsgen": __version__,
            **_shaping(),
            "content": digest(),
        },
        "signer": signer and signer.fingerprint,
    }


@cache
def _shaping() -> dict[str, str]:
    return {library: version(library) for library in SHAPING}


def _timestamp_option(signer: Signer | None) -> dict[str, bool]:
    """Where there is a timestamp, the checklist names no last day."""
    return {"timestamp": True} if signer and signer.timestamp else {}


def script_plan(
    profile: TerminalProfile,
    steps: tuple[Step, ...],
    numbers: Sequence[Number],
    id: str,
    siblings: Mapping[str, bytes],
    signer: Signer | None,
) -> dict[str, Any]:
    """What the script carries: docs/architecture.md, "The plan in the script"."""
    vendor = profile.vendor
    return {
        "format": PLAN_FORMAT,
        "bundle": {
            "id": id,
            "tool": f"oqsgen {__version__}",
            "manual": edition(),
            "terminal": profile.terminal.name,
            "mode": profile.job.mode,
            "signed": signer is not None,
            "publisher": signer and signer.fingerprint,
            "facility": {"code": profile.facility.code, "name": profile.facility.name},
            "vendor": vendor
            and {"company": vendor.company, "engineer": vendor.engineer, "phone": vendor.phone},
        },
        "account": ACCOUNT,
        "staff": list(profile.staff_accounts),
        "visit": {
            "from": profile.visit.from_,
            "until": profile.visit.until,
            "witness": profile.visit.witness,
        },
        "windows": supported(profile),
        "siblings": hashes(siblings),
        "deniedSecrets": spec("secrets")["denied"],
        "issuers": [
            {"name": issuer["name"], "roots": issuer["roots"]}
            for issuer in spec("issuers")["issuers"]
        ],
        "kinds": {kind: KINDS[kind].as_said() for kind in sorted({step.kind for step in steps})},
        "numbers": [number.as_json() for number in numbers],
        "continuation": continuation(spec("versions")["as_of"]),
        "usable": usable(profile, steps),
        "areas": {
            area: title for area, title in areas().items() if area in {s.area for s in steps}
        },
        "care": [sentence.as_json() for sentence in care(profile)],
        "steps": [step.as_json() for step in steps],
    }
