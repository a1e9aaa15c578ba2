"""File catalogs: the bytes that Windows itself makes, and what may never get into one."""

import hashlib
from datetime import datetime

import pytest

from oqsgen.seal.catalog import catalog, list_id

FULL, DELTA = "Pia.Wpf-9.9.9-full.nupkg", "Pia.Wpf-9.9.9-delta.nupkg"
TRUST = {FULL: b"hello full package", DELTA: b"hello delta package"}
KNOWN_ID = bytes.fromhex("944a24e255f53745aca69d555362a32b")
KNOWN_DATE = datetime(2026, 10, 1, 12, 5, 15)


def test_it_is_what_new_file_catalog_makes() -> None:
    """Two files for which the output of Windows' New-FileCatalog -CatalogVersion 2.0 is known."""
    made = catalog(TRUST, KNOWN_ID, KNOWN_DATE, None)
    assert len(made) == 880
    assert (
        hashlib.sha256(made).hexdigest()
        == "30e7ba75e74f8c38b1516fa45dc22759c4e0150c672349c47d6510f1f635068e"
    )


def test_the_order_of_the_files_is_not_part_of_it() -> None:
    backwards = dict(reversed(TRUST.items()))
    assert catalog(backwards, KNOWN_ID, KNOWN_DATE, None) == catalog(
        TRUST, KNOWN_ID, KNOWN_DATE, None
    )


@pytest.mark.parametrize(
    "files",
    [{**TRUST, "empty.txt": b""}, {**TRUST, "copy.nupkg": TRUST[FULL]}],
    ids=["empty", "equal"],
)
def test_empty_and_equal_files_never_get_in(files: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match="empty or equal"):
        catalog(files, KNOWN_ID, KNOWN_DATE, None)


def test_a_bundle_id_gives_a_list_id_of_sixteen_bytes() -> None:
    assert len(list_id("0" * 32)) == 16
    assert list_id("0" * 32) != list_id("1" * 32)
