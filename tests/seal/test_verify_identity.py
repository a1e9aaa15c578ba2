"""The id on paper commits to a publisher and to an input; a catalog and a script have one form alone."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from oqsgen.bundle import CATALOG_MADE, PROGRAM
from oqsgen.seal import cms, der
from oqsgen.seal.authenticode import BEGIN, END
from oqsgen.seal.catalog import CERT_TRUST_LIST, catalog
from oqsgen.seal.der_reader import read_one
from oqsgen.seal.manifest import CATALOG, MANIFEST, SCRIPT, bundle_id
from oqsgen.seal.signer import Signer
from oqsgen.seal.verify.catalog_reader import open_catalog
from oqsgen.seal.verify.expectation import expecting
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.script import open_script
from tests.certificates import Authority
from tests.sealed import bundle, claiming, codes, message_in, report, signer, with_message


def of_its_own(manifest: dict[str, Any], by: Signer) -> None:
    manifest["identity"]["signer"] = by.fingerprint
    manifest["id"] = bundle_id(manifest["identity"])


def test_a_bundle_made_right_by_another_is_fine() -> None:
    """Else the tests below would find something else than what they are about."""
    stranger = signer("侵入者")
    assert report(claiming(stranger, lambda m: of_its_own(m, stranger))).fine


def test_an_id_that_is_only_claimed_is_found() -> None:
    """Everything says the id on the paper; it is not the hash of what stands there."""
    printed = bundle().id
    stranger = signer("侵入者")

    def claim(manifest: dict[str, Any]) -> None:
        manifest["identity"]["signer"] = stranger.fingerprint

    found = report(claiming(stranger, claim))
    assert found.id == printed
    assert codes(found) == {(MANIFEST, "ID_WRONG")}


def test_an_id_of_another_publisher_is_found() -> None:
    """The identity is copied whole, so the id is right; whoever signed is not in it."""
    found = report(claiming(signer("侵入者"), lambda manifest: None))
    assert found.id == bundle().id
    assert codes(found) == {(MANIFEST, "OTHER_SIGNER")}


@pytest.mark.parametrize("where", [("facility", "name"), ("facility", "code"), ("job", "mode")])
def test_an_id_of_another_input_than_the_script_was_made_of_is_found(
    where: tuple[str, str],
) -> None:
    stranger = signer("侵入者")

    def change(manifest: dict[str, Any]) -> None:
        group, key = where
        manifest["identity"]["input"][group][key] = "1"
        of_its_own(manifest, stranger)

    assert (MANIFEST, "DISAGREES") in codes(report(claiming(stranger, change)))


def test_another_version_than_the_one_it_names_is_found() -> None:
    stranger = signer("侵入者")

    def change(manifest: dict[str, Any]) -> None:
        manifest["identity"]["versions"]["oqsgen"] = "9.9"
        of_its_own(manifest, stranger)

    assert codes(report(claiming(stranger, change))) == {(MANIFEST, "DISAGREES")}


@pytest.mark.parametrize(
    "identity",
    [None, [], "x", 1, {}, {"signer": []}, {"versions": [], "input": 1, "options": None}],
)
def test_an_identity_that_is_none_is_a_finding(identity: object) -> None:
    stranger = signer("侵入者")

    def change(manifest: dict[str, Any]) -> None:
        manifest["identity"] = identity
        if isinstance(identity, dict):
            of_its_own(manifest, stranger)

    assert not report(claiming(stranger, change)).fine


def as_before(manifest: dict[str, Any]) -> None:
    """As 0.1.0 wrote it."""
    manifest["format"] = 1
    manifest["input"] = manifest.pop("identity")["input"]


def test_a_bundle_made_before_is_fine_until_its_id_is_relied_on() -> None:
    found = report(claiming(signer(), as_before))
    assert [(one.code, one.severity) for one in found.findings] == [("WITHOUT_IDENTITY", "notice")]
    (judged,), missing = expecting([found], frozenset({found.id}))
    assert (codes(judged), missing) == ({(MANIFEST, "WITHOUT_IDENTITY")}, [])


def test_strangers_bundles_beside_the_expected_one_are_not_let_pass() -> None:
    """Another terminal's bundle is named and no more, but only where the same publisher made it."""
    stranger = signer("侵入者")
    expected = report(bundle().files)
    same, other = (report(bundle(terminal=1, by=by).files) for by in ("試験 発行者", "侵入者"))
    assert other.signature and other.signature.fingerprint == stranger.fingerprint
    (_, beside), missing = expecting([expected, same], frozenset({expected.id}))
    assert (codes(beside) - {("", "FOLDER_NAME")}, missing) == (set(), [])
    (_, beside), _ = expecting([expected, other], frozenset({expected.id}))
    assert ("", "OTHER_SIGNER") in codes(beside)
    both, _ = expecting([expected, other], frozenset({expected.id, other.id}))
    assert all(("", "OTHER_SIGNER") in codes(one) for one in both)


@pytest.mark.parametrize("path", ["a/" * 2_000 + "a", "x" * 300])
def test_a_path_that_no_bundle_has_is_no_manifest(path: str) -> None:
    """Each folder above a file is looked at: a path of 2 MB would take hours, and needs no key."""
    files = dict(bundle().files)
    manifest = json.loads(files[MANIFEST])
    manifest["files"][path] = "0" * 64
    files[MANIFEST] = json.dumps(manifest).encode()
    assert (MANIFEST, "MANIFEST_BROKEN") in codes(report(files))
    made = catalog({path: b"a"}, bytes(16), CATALOG_MADE, signer(), PROGRAM)
    with pytest.raises(SealError) as refused:
        open_catalog(made)
    assert refused.value.code == "CATALOG_BROKEN"


# --- the form of a catalog


FILES = {"a.txt": b"a", "b/c.txt": b"c"}


def parts(encoded: bytes) -> list[bytes]:
    """Version, digests, content, certificates and signer info of a signed message."""
    signed = read_one(encoded).items(0x30)[1].only(0xA0)
    return [value.encoded for value in signed.items(0x30)]


def whole(signed: list[bytes]) -> bytes:
    return der.sequence(der.oid(cms.SIGNED_DATA), der.explicit(0, der.sequence(*signed)))


def info_with(encoded: bytes, **others: bytes) -> bytes:
    """``encoded`` with other ``digest`` or ``algorithm`` in its signer info, or more at its ``end``."""
    signed = parts(encoded)
    fields = [value.encoded for value in read_one(signed[4]).only(0x31).items(0x30)]
    fields[2] = others.get("digest", fields[2])
    fields[4] = others.get("algorithm", fields[4])
    info = der.sequence(*fields, others.get("end", b""))
    return whole([*signed[:4], der.set_of([info])])


def turned(encoded: bytes) -> bytes:
    signed = parts(encoded)
    certificates = [value.encoded for value in read_one(signed[3]).items(0xA0)]
    return whole([*signed[:3], der.explicit(0, b"".join(certificates[::-1])), signed[4]])


def digests_without_null(encoded: bytes) -> bytes:
    signed = parts(encoded)
    return whole([signed[0], der.set_of([der.sequence(der.oid(cms.SHA256))]), *signed[2:]])


FORMS: dict[str, Callable[[bytes], bytes]] = {
    "digests without NULL": digests_without_null,
    "the signer's digest without NULL": lambda encoded: info_with(
        encoded, digest=der.sequence(der.oid(cms.SHA256))
    ),
    "the algorithm without NULL": lambda encoded: info_with(
        encoded, algorithm=der.sequence(der.oid(cms.RSA_ENCRYPTION))
    ),
    "certificates in another order": turned,
}


@pytest.mark.parametrize("name", FORMS)
def test_a_catalog_in_another_form_is_found(name: str) -> None:
    """Windows and openssl take each of them, and no key is needed to make one."""
    made = catalog(FILES, bytes(16), CATALOG_MADE, signer(), PROGRAM)
    other = FORMS[name](made)
    assert open_catalog(made) and other != made
    with pytest.raises(SealError) as refused:
        open_catalog(other)
    assert refused.value.code == "CATALOG_FORM"


@pytest.mark.parametrize("name", FORMS)
def test_a_scripts_signature_in_another_form_is_found(name: str) -> None:
    """It is told of the script itself: whoever has the script alone has no catalog that would say so."""
    script = bundle().files[SCRIPT]
    other = with_message(script, FORMS[name](message_in(script)))
    assert open_script(script) and other != script
    with pytest.raises(SealError) as refused:
        open_script(other)
    assert refused.value.code == "SCRIPT_FORM"


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [b"".join(lines[:2]).replace(b"# ", b"", 1), *lines[2:]],
        lambda lines: [lines[0][:-4], b"# " + lines[0][-4:], *lines[1:]],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [b"#" + line[2:] for line in lines],
        lambda lines: [b"#  " + line[2:] for line in lines],
        lambda lines: [line + b" " for line in lines],
        lambda lines: [*lines[:-1], lines[-1] + b"\n"],
        lambda lines: [*lines, b""],
        lambda lines: [*lines, b"# "],
    ],
    ids=[
        *("a longer line", "a shorter line", "another order", "no blank", "two blanks"),
        *("a blank at the end", "another line end", "an empty line", "a line without anything"),
    ],
)
def test_the_lines_of_a_signature_block_have_one_form(
    change: Callable[[list[bytes]], list[bytes]],
) -> None:
    text, begin, block = bundle().files[SCRIPT].partition(BEGIN.encode())
    lines = block.removesuffix(END.encode()).split(b"\r\n")[:-1]
    changed = b"".join(line + b"\r\n" for line in change(lines))
    with pytest.raises(SealError) as refused:
        open_script(text + begin + changed + END.encode())
    assert refused.value.code == "SIGNATURE_BROKEN"


@pytest.mark.parametrize(
    "algorithm",
    [
        der.sequence(der.oid("1.2.840.10045.2.1")),
        der.sequence(der.oid(cms.ECDSA_WITH_SHA256), der.NULL),
    ],
    ids=["that of the key", "with parameters"],
)
def test_an_elliptic_signature_names_its_algorithm_in_one_way(
    algorithm: bytes, authority: Authority
) -> None:
    from oqsgen.seal.signer import make_signer

    root = authority.issue("試験 楕円 ルート", ca=True)
    leaf = authority.issue("試験 楕円", root, kind="p256")
    by = make_signer(leaf.key, leaf.certificate, [root.certificate], ends=False)
    made = catalog(FILES, bytes(16), CATALOG_MADE, by, PROGRAM)
    assert open_catalog(made)
    with pytest.raises(SealError) as refused:
        open_catalog(info_with(made, algorithm=algorithm))
    assert refused.value.code == "CATALOG_FORM"


def test_a_time_stamp_that_nobody_asked_for_is_found() -> None:
    """It is outside of what is signed, so anybody can add one; the id says whether there should be one."""
    files = dict(bundle().files)
    stamp = der.explicit(1, cms.attribute(cms.SPC_RFC3161, der.sequence(der.integer(1))))
    files[CATALOG] = info_with(files[CATALOG], end=stamp)
    assert (MANIFEST, "TIMESTAMP_WRONG") in codes(report(files))


def test_the_whole_catalog_is_what_its_writer_writes() -> None:
    made = catalog(FILES, bytes(16), CATALOG_MADE, signer(), PROGRAM)
    message, _ = open_catalog(made)
    others = [one for one in message.certificates if one != message.certificate]
    assert made == cms.message(
        *(CERT_TRUST_LIST, message.content.encoded, PROGRAM, message.certificate, others),
        *(message.signature, None),
    )
