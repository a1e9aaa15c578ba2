"""How much of anything is taken: one table of sizes, counts, depths and times.

Whatever others wrote or a server sends is bounded, so that work never grows without end. ``docs/limits.md`` prints
the table. A limit is far above what any clinic, bundle or certificate has.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

KB, MB, GB = 1 << 10, 1 << 20, 1 << 30


class Limit(NamedTuple):
    """``value`` of ``unit`` of ``what`` are taken; what happens ``beyond`` is a code, or a sentence of the table."""

    value: int
    unit: Literal["bytes", "entries", "levels", "characters", "seconds", "attempts"]
    what: str
    beyond: str


# A clinic's file
CLINIC_BYTES = Limit(256 * KB, "bytes", "a clinic's file", "FILE_TOO_LARGE")
CLINIC_DEPTH = Limit(32, "levels", "what is nested in a clinic's file", "YAML_SYNTAX")
CLINIC_ITEMS = Limit(500, "entries", "a list of a clinic's file", "TOO_MANY_ITEMS")
CLINIC_TERMINALS = Limit(200, "entries", "the terminals of a clinic", "TOO_MANY_ITEMS")
CLINIC_PROBLEMS = Limit(200, "entries", "the problems of a file that are told", "TOO_MANY_PROBLEMS")

# A hearing sheet
SHEET_BYTES = Limit(4 * MB, "bytes", "a hearing sheet", "SHEET_UNREADABLE")
SHEET_CONTENTS = Limit(8 * MB, "bytes", "the unpacked parts of an .xlsx", "SHEET_UNREADABLE")
SHEET_PARTS = Limit(200, "entries", "the parts of an .xlsx", "SHEET_UNREADABLE")
SHEET_PAGES = Limit(20, "entries", "the sheets of an .xlsx", "SHEET_UNREADABLE")
SHEET_ROWS = Limit(2_000, "entries", "the rows of a sheet", "TOO_MANY_ITEMS")
SHEET_COLUMNS = Limit(200, "entries", "the columns of a sheet", "TOO_MANY_ITEMS")

# A bundle that verify reads
FILE_BYTES = Limit(16 * MB, "bytes", "one file of a bundle", "TOO_LARGE")
BUNDLE_BYTES = Limit(32 * MB, "bytes", "all files of a bundle", "TOO_LARGE")
RUN_BYTES = Limit(4 * GB, "bytes", "all bundles of one verify", "TOO_LARGE")
FOLDER_ENTRIES = Limit(2_000, "entries", "a bundle, and a folder that bundles lie in", "TOO_MANY")
FOLDER_DEPTH = Limit(8, "levels", "the folders of a bundle, and of results", "TOO_MANY")
SCRIPT_BYTES = Limit(8 * MB, "bytes", "terminal.ps1", "TOO_LARGE")
BLOCK_BYTES = Limit(1 * MB, "bytes", "the signature block of terminal.ps1", "TOO_LARGE")
CATALOG_BYTES = Limit(4 * MB, "bytes", "bundle.cat", "TOO_LARGE")
MANIFEST_BYTES = Limit(4 * MB, "bytes", "bundle.json", "MANIFEST_BROKEN")
PATH_CHARACTERS = Limit(200, "characters", "the path of a file in a bundle", "MANIFEST_BROKEN")
DER_VALUES = Limit(
    10_000, "entries", "the values beside each other in a signature", "SIGNATURE_BROKEN"
)
MESSAGE_CERTIFICATES = Limit(10, "entries", "the certificates in a signature", "SIGNATURE_BROKEN")
PLAN_DEPTH = Limit(32, "levels", "what is nested in a plan that diff reads", "NO_PLAN")
NAME_CHARACTERS = Limit(
    64, "characters", "a certificate's name on the screen", "the rest is left out"
)
INSTALLER_BYTES = Limit(
    4 * GB, "bytes", "all installers beside bundles, which are hashed", "TOO_LARGE"
)

# Results that came back
RESULT_BYTES = Limit(8 * MB, "bytes", "one result.json", "the file is listed, and not read")
RESULT_DEPTH = Limit(201, "levels", "what is nested in a result.json", "the file is listed")
RESULT_FOLDERS = Limit(16, "levels", "folders in which results lie", "the folder is listed")
RESULT_STEPS = Limit(1_000, "entries", "the steps of a result", "the file is listed")
RESULT_NUMBERS = Limit(200, "entries", "the numbers of a result", "the file is listed")
RESULT_CERTIFICATES = Limit(20, "entries", "the certificates of a result", "the rest is left out")
RESULT_AHEAD = Limit(
    172_800, "seconds", "a result ahead of the office's clock", "the file is listed"
)
RESULT_ENTRIES = Limit(
    200_000, "entries", "one folder of those in which results lie", "the folder is listed"
)
REFUSED_FILES = Limit(1_000, "entries", "the files that are listed", "the rest is counted")
LEDGER_SECONDS = Limit(
    60, "seconds", "the wait for another who writes into a ledger", "an error, code 1"
)

# Certificates, keys, and who signs
CERTIFICATE_BYTES = Limit(1 * MB, "bytes", "a file with certificates", "an error, code 1")
KEY_BYTES = Limit(1 * MB, "bytes", "a PFX file, and the publisher's key", "an error, code 1")
PFX_SECONDS = Limit(30, "seconds", "the opening of a PFX file", "an error, code 1")

# A time stamp server
STAMP_SECONDS = Limit(
    15,
    "seconds",
    "one exchange with a time stamp server, from first to last byte",
    "TIMESTAMP_FAILED",
)
STAMP_ATTEMPTS = Limit(4, "attempts", "the exchanges for one signature", "TIMESTAMP_FAILED")
STAMP_BYTES = Limit(1 * MB, "bytes", "a server's answer", "TIMESTAMP_FAILED")
STAMP_CERTIFICATES = Limit(10, "entries", "the certificates in a time stamp", "TIMESTAMP_WRONG")
STAMP_AHEAD = Limit(300, "seconds", "a time stamp ahead of this PC's clock", "TIMESTAMP_WRONG")


def limits() -> Iterator[tuple[str, Limit]]:
    """Every limit with its name, in the order of this table."""
    return ((name, value) for name, value in globals().items() if isinstance(value, Limit))


def page() -> str:
    """``docs/limits.md``."""
    lines = [
        "# Limits",
        "",
        "What others wrote, or a server sends, is taken up to these bounds (`oqsgen/limits.py`, from which this page is",
        "generated). Each is far above what a clinic, a bundle or a certificate has.",
        "",
        "| limit | of what | beyond it |",
        "|---|---|---|",
    ]
    for _, limit in limits():
        beyond = f"`{limit.beyond}`" if limit.beyond.isupper() else limit.beyond
        lines.append(f"| {limit.value:,} {limit.unit} | {limit.what} | {beyond} |")
    return "\n".join(lines) + "\n"
