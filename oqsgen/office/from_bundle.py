"""The clinic's file that bundles were made from, as far as they carry it: each its terminal's resolved input."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from oqsgen.clinic import resolve
from oqsgen.files import read_regular
from oqsgen.limits import MANIFEST_BYTES
from oqsgen.office.placing import of_several
from oqsgen.office.tree import Tree, document, of_data
from oqsgen.seal.manifest import MANIFEST
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.manifest_reader import input_of, read_manifest
from oqsgen.seal.verify.places import bundles_at

OF_THAT_VISIT = ("visit", "certificate")
"""What a bundle says of the visit that it was made for; the next one has its own."""

REMARKS = (
    "一式から作りました。一式は端末 1 台分で、書かれていなかった値も、決まった値として入っています。",
    "一式にないもの: ほかの端末、コメント、訪問の予定（visit）、電子証明書の期限（certificate）。要るものを書き足してください。",
)


def manifests_in(folder: Path) -> list[Path]:
    """The manifest of a bundle's folder, or those of the bundles in it, by name. Raises OSError."""
    return [bundle / MANIFEST for bundle in bundles_at(folder)]


def inputs_of(manifests: Sequence[Path]) -> list[dict[str, Any]]:
    """The resolved input of each. Raises OSError, and SealError where a manifest is none or carries none."""
    inputs = []
    for path in manifests:
        resolved = input_of(read_manifest(read_regular(path, MANIFEST_BYTES)))
        if not isinstance(resolved, dict) or not _has_form(resolved):
            raise SealError("MANIFEST_BROKEN", "一式に、元になった値がありません。")
        inputs.append(resolved)
    return inputs


def _has_form(resolved: dict[str, Any]) -> bool:
    """Whether groups stand where groups do; each value is looked at once the file is there."""
    tree = of_data(resolved)
    assert isinstance(tree, dict)
    _, problems = resolve(document(MANIFEST, tree))
    return bool(resolved.get("terminals")) and all(each.code != "BAD_TYPE" for each in problems)


def tree_of_bundles(inputs: Sequence[dict[str, Any]]) -> Tree:
    """The keys of a clinic's file with all these terminals."""
    clinics = []
    for resolved in inputs:
        tree = of_data({key: value for key, value in resolved.items() if key not in OF_THAT_VISIT})
        assert isinstance(tree, dict)
        clinics.append(tree)
    return of_several(clinics)


def facilities(inputs: Sequence[dict[str, Any]]) -> set[str]:
    """The codes of the facilities that the inputs are of."""
    groups = [resolved.get("facility") for resolved in inputs]
    return {str(group.get("code")) for group in groups if isinstance(group, dict)}
