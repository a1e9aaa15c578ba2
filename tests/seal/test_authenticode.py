"""The signature of a script: its DER, its structure, its digest, and a verifier that is not ours."""

import hashlib
import re
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import assume, example, given
from hypothesis import strategies as st

from oqsgen.seal import der
from oqsgen.seal.authenticode import POWERSHELL_SIP, SPC_SIPINFO, sign_script
from oqsgen.seal.cms import (
    CONTENT_TYPE,
    ECDSA_WITH_SHA256,
    MESSAGE_DIGEST,
    RSA_ENCRYPTION,
    SHA256,
    SIGNED_DATA,
    SPC_INDIRECT_DATA,
    SPC_RFC3161,
    SPC_SP_OPUS_INFO,
    SPC_STATEMENT_TYPE,
)
from oqsgen.seal.signer import Signer, make_signer
from tests.certificates import NOW, Authority

TEXT = "\ufeffparam($Mode)\r\n'問診 髙橋 𠮷 ～ ① 🙂'\r\n"
SCRIPT = TEXT.encode()
PROGRAM = "オンライン資格確認"

SIGNING_TIME = "1.2.840.113549.1.9.5"


class Value(NamedTuple):
    """One value as read back: its tag, its content, and all its bytes."""

    tag: int
    content: bytes
    encoded: bytes

    @property
    def items(self) -> list["Value"]:
        return list(read(self.content))

    @property
    def number(self) -> int:
        assert self.tag == 0x02
        return int.from_bytes(self.content, "big", signed=True)

    @property
    def dotted(self) -> str:
        assert self.tag == 0x06
        numbers, number = [], 0
        for byte in self.content:
            number = number << 7 | byte & 0x7F
            if not byte & 0x80:
                numbers.append(number)
                number = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


def read(data: bytes) -> Iterator[Value]:
    """The values in ``data``, strictly: a length in more bytes than it needs is an error."""
    at = 0
    while at < len(data):
        start, tag, size = at, data[at], data[at + 1]
        at += 2
        if size & 0x80:
            width = size & 0x7F
            size = int.from_bytes(data[at : at + width], "big")
            assert size >= 0x80 and data[at] != 0, "a length that is not DER"
            at += width
        assert at + size <= len(data), "a value that ends behind its parent"
        yield Value(tag, data[at : at + size], data[start : at + size])
        at += size


def only(data: bytes) -> Value:
    (value,) = read(data)
    return value


@given(st.integers(-(2**160), 2**160))
@example(-128)
@example(-129)
@example(127)
@example(128)
def test_integers_are_read_back_and_are_as_short_as_can_be(number: int) -> None:
    content = only(der.integer(number)).content
    assert only(der.integer(number)).number == number
    shorter = content[1:]
    assert not shorter or int.from_bytes(shorter, "big", signed=True) != number


@given(st.sampled_from([0, 1, 127, 128, 129, 255, 256, 257, 65535, 65536, 70000]))
def test_lengths_are_read_back(size: int) -> None:
    assert only(der.octet_string(b"x" * size)).content == b"x" * size


ARCS = st.one_of(
    st.tuples(st.integers(0, 1), st.integers(0, 39)), st.tuples(st.just(2), st.integers(0, 2**40))
)


@given(ARCS, st.lists(st.integers(0, 2**70), max_size=12))
def test_object_identifiers_are_read_back(first: tuple[int, int], rest: list[int]) -> None:
    dotted = ".".join(map(str, [*first, *rest]))
    assert only(der.oid(dotted)).dotted == dotted


@given(st.lists(st.binary(max_size=40)))
def test_a_set_is_in_der_order_whatever_order_it_came_in(contents: list[bytes]) -> None:
    encoded = [der.octet_string(content) for content in contents]
    value = only(der.set_of(encoded))
    assert value.tag == 0x31
    assert [item.encoded for item in value.items] == sorted(encoded)
    assert der.set_of(reversed(encoded)) == value.encoded


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])))
def test_names_are_utf16_big_endian(text: str) -> None:
    assert der.bmp_string(text).decode("utf-16-be") == text


@pytest.fixture(scope="module")
def signer(authority: Authority) -> Signer:
    root = authority.issue("試験ルート", ca=True, kind="rsa3072")
    between = authority.issue("試験 CA", root, ca=True)
    leaf = authority.issue("試験 発行者", between)
    assert isinstance(leaf.key, rsa.RSAPrivateKey)
    return make_signer(
        leaf.key, leaf.certificate, (between.certificate, root.certificate), ends=True
    )


@pytest.fixture(scope="module")
def elliptic(authority: Authority) -> Signer:
    root = authority.issue("試験ルート", ca=True, kind="rsa3072")
    leaf = authority.issue("試験 楕円", root, kind="p256")
    return make_signer(leaf.key, leaf.certificate, (root.certificate,), ends=True)


def block(signed: bytes) -> bytes:
    """The DER in the signature block; the block has to stand at the very end, as Windows wants."""
    found = re.search(
        rb"\r\n# SIG # Begin signature block\r\n((?:# [A-Za-z0-9+/=]{1,64}\r\n)+)"
        rb"# SIG # End signature block\r\n\Z",
        signed,
    )
    assert found
    return b64decode(found[1].replace(b"# ", b"").replace(b"\r\n", b""), validate=True)


def signed_data(signed: bytes) -> list[Value]:
    kind, content = only(block(signed)).items
    assert kind.dotted == SIGNED_DATA
    assert content.tag == 0xA0
    return only(content.content).items


def signer_info(signed: bytes) -> list[Value]:
    (info,) = signed_data(signed)[4].items
    return info.items


def attributes(signed: bytes) -> dict[str, Value]:
    assert signer_info(signed)[3].tag == 0xA0
    found = {}
    for attribute in signer_info(signed)[3].items:
        name, values = attribute.items
        (found[name.dotted],) = values.items
    return found


def test_the_same_script_and_signer_give_the_same_bytes(signer: Signer) -> None:
    assert sign_script(SCRIPT, signer, PROGRAM) == sign_script(SCRIPT, signer, PROGRAM)


def test_the_text_itself_is_left_as_it_is(signer: Signer) -> None:
    assert sign_script(SCRIPT, signer, PROGRAM).startswith(SCRIPT + b"\r\n# SIG # Begin")


def test_versions_and_algorithms_are_those_that_windows_knows(signer: Signer) -> None:
    signed = sign_script(SCRIPT, signer, PROGRAM)
    version, algorithms, content, certificates, infos = signed_data(signed)
    assert version.number == 1
    assert [a.items[0].dotted for a in algorithms.items] == [SHA256]
    assert content.items[0].dotted == SPC_INDIRECT_DATA
    assert certificates.tag == 0xA0
    assert len(infos.items) == 1
    info = signer_info(signed)
    assert [value.tag for value in info] == [0x02, 0x30, 0x30, 0xA0, 0x30, 0x04]
    assert info[0].number == 1
    issuer, serial = info[1].items
    assert issuer.encoded == signer.certificate.issuer.public_bytes()
    assert serial.number == signer.certificate.serial_number


def test_every_certificate_up_to_the_root_is_there_in_der_order(signer: Signer) -> None:
    carried = [
        value.encoded for value in signed_data(sign_script(SCRIPT, signer, PROGRAM))[3].items
    ]
    assert carried == sorted(carried)
    loaded = {x509.load_der_x509_certificate(encoded) for encoded in carried}
    assert loaded == {signer.certificate, *signer.chain}


def test_the_attributes_are_in_der_order_and_hold_no_time(signer: Signer) -> None:
    signed = sign_script(SCRIPT, signer, PROGRAM)
    encoded = [attribute.encoded for attribute in signer_info(signed)[3].items]
    assert encoded == sorted(encoded)
    found = attributes(signed)
    assert set(found) == {CONTENT_TYPE, SPC_STATEMENT_TYPE, MESSAGE_DIGEST, SPC_SP_OPUS_INFO}
    assert SIGNING_TIME not in found
    assert found[CONTENT_TYPE].dotted == SPC_INDIRECT_DATA


def test_the_program_name_is_carried_as_unicode(signer: Signer) -> None:
    opus = attributes(sign_script(SCRIPT, signer, PROGRAM))[SPC_SP_OPUS_INFO]
    name = only(opus.items[0].content)
    assert name.tag == 0x80
    assert name.content.decode("utf-16-be") == PROGRAM


def test_the_digest_is_that_of_the_text_as_utf16_with_its_mark(signer: Signer) -> None:
    content = signed_data(sign_script(SCRIPT, signer, PROGRAM))[2].items[1]
    data, digest = only(content.content).items
    kind, sip = data.items
    assert kind.dotted == SPC_SIPINFO
    assert sip.items[0].encoded == b"\x02\x03\x01\x00\x00"
    assert sip.items[1].content == POWERSHELL_SIP
    assert [value.number for value in sip.items[2:]] == [0] * 5
    assert digest.items[0].items[0].dotted == SHA256
    utf16 = b"\xff\xfe" + TEXT.removeprefix("\ufeff").encode("utf-16-le")
    assert digest.items[1].content == hashlib.sha256(utf16).digest()


def test_the_signature_is_over_the_attributes_and_they_are_over_the_digest(signer: Signer) -> None:
    signed = sign_script(SCRIPT, signer, PROGRAM)
    indirect = only(signed_data(signed)[2].items[1].content)
    digest = hashlib.sha256(indirect.content).digest()
    assert attributes(signed)[MESSAGE_DIGEST].content == digest
    info = signer_info(signed)
    public = signer.certificate.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(
        info[5].content, b"\x31" + info[3].encoded[1:], padding.PKCS1v15(), hashes.SHA256()
    )


def test_rsa_is_named_with_null_and_ecdsa_without(signer: Signer, elliptic: Signer) -> None:
    rsa_name = signer_info(sign_script(SCRIPT, signer, PROGRAM))[4]
    assert rsa_name.encoded == der.sequence(der.oid(RSA_ENCRYPTION), der.NULL)
    ecdsa_name = signer_info(sign_script(SCRIPT, elliptic, PROGRAM))[4]
    assert ecdsa_name.encoded == der.sequence(der.oid(ECDSA_WITH_SHA256))


def test_a_timestamp_is_over_the_signature_and_kept_as_it_came(signer: Signer) -> None:
    asked = []

    def token(signature: bytes) -> bytes:
        asked.append(signature)
        return bytes.fromhex("3003020101")

    bare = signer_info(sign_script(SCRIPT, signer, PROGRAM))
    info = signer_info(sign_script(SCRIPT, signer.with_timestamp(token), PROGRAM))
    assert asked == [bare[5].content]
    assert [value.encoded for value in info[:6]] == [value.encoded for value in bare]
    assert info[6].tag == 0xA1 and len(info) == 7
    (unsigned,) = info[6].items
    name, values = unsigned.items
    assert name.dotted == SPC_RFC3161
    assert [value.encoded.hex() for value in values.items] == ["3003020101"]


@pytest.mark.parametrize(
    "script",
    [
        SCRIPT.removeprefix(b"\xef\xbb\xbf"),
        SCRIPT.replace(b"\r\n", b"\n"),
        SCRIPT + b"one more line\n",
        SCRIPT.replace(b"\r\n", b"\r"),
        SCRIPT + b"lone \r return\r\n",
        TEXT.encode("utf-16-le"),
        b"\xef\xbb\xbf\xff\xfe\r\n",
        b"\xef\xbb\xbf\x83\x65\r\n",
        SCRIPT + b"# SIG # Begin signature block\r\n",
    ],
    ids=["no BOM", "LF", "one LF", "CR", "one CR", "UTF-16", "not UTF-8", "Shift_JIS", "marker"],
)
def test_any_other_text_is_refused(script: bytes, signer: Signer) -> None:
    with pytest.raises(ValueError):
        sign_script(script, signer, PROGRAM)


def test_a_signed_script_is_not_signed_again(signer: Signer) -> None:
    signed = sign_script(SCRIPT, signer, PROGRAM)
    with pytest.raises(ValueError, match="already"):
        sign_script(signed, signer, PROGRAM)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
@example("\u2028\u0085\x0b\x0c\x1c")
@example("\ufeff")
def test_any_line_of_text_can_be_signed(line: str) -> None:
    assume("# SIG # " not in line)
    leaf = Authority().issue("試験 自己署名")
    assert isinstance(leaf.key, rsa.RSAPrivateKey)
    own = make_signer(leaf.key, leaf.certificate, (), ends=False)
    text = f"\ufeff# {line}\r\n"
    content = signed_data(sign_script(text.encode(), own, "x"))[2].items[1]
    digest = only(content.content).items[1].items[1].content
    assert digest == hashlib.sha256(text.encode("utf-16-le")).digest()


needs_osslsigncode = pytest.mark.needs("osslsigncode")


def verified_by_osslsigncode(script: bytes, root: x509.Certificate, folder: Path) -> bool:
    (folder / "terminal.ps1").write_bytes(script)
    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    command = ["osslsigncode", "verify", "-CAfile", "root.pem", "-in", "terminal.ps1"]
    command += ["-time", str(int(datetime.timestamp(NOW)))]
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


@needs_osslsigncode
def test_another_tool_verifies_it_against_the_root(signer: Signer, tmp_path: Path) -> None:
    signed = sign_script(SCRIPT, signer, PROGRAM)
    assert verified_by_osslsigncode(signed, signer.chain[-1], tmp_path)


@needs_osslsigncode
def test_another_tool_verifies_ecdsa(elliptic: Signer, tmp_path: Path) -> None:
    signed = sign_script(SCRIPT, elliptic, PROGRAM)
    assert verified_by_osslsigncode(signed, elliptic.chain[-1], tmp_path)


@needs_osslsigncode
def test_another_tool_does_not_trust_another_root(
    signer: Signer, authority: Authority, tmp_path: Path
) -> None:
    signed = sign_script(SCRIPT, signer, PROGRAM)
    other = authority.issue("別のルート", ca=True).certificate
    assert not verified_by_osslsigncode(signed, other, tmp_path)


@needs_osslsigncode
@pytest.mark.parametrize("at", range(3, len(SCRIPT), 9))
def test_another_tool_finds_one_changed_byte(at: int, signer: Signer, tmp_path: Path) -> None:
    signed = bytearray(sign_script(SCRIPT, signer, PROGRAM))
    signed[at] ^= 0x01
    assert not verified_by_osslsigncode(bytes(signed), signer.chain[-1], tmp_path)


@needs_osslsigncode
@pytest.mark.parametrize("bits", [2048, 3072, 4096])
def test_every_key_size_that_is_allowed_verifies(
    bits: int, authority: Authority, tmp_path: Path
) -> None:
    own = authority.issue(f"RSA {bits}", kind=f"rsa{bits}")
    assert isinstance(own.key, rsa.RSAPrivateKey)
    signed = sign_script(SCRIPT, make_signer(own.key, own.certificate, (), ends=True), PROGRAM)
    assert verified_by_osslsigncode(signed, own.certificate, tmp_path)
