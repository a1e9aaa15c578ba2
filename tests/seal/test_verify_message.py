"""Signed messages: the good ones open, and each thing that may not be in one keeps it shut."""

import warnings
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from oqsgen.limits import NAME_CHARACTERS
from oqsgen.seal import cms, der
from oqsgen.seal.authenticode import indirect_data
from oqsgen.seal.catalog import CERT_TRUST_LIST
from oqsgen.seal.certificate_files import read_der
from oqsgen.seal.cms import ECDSA_WITH_SHA256, SPC_INDIRECT_DATA, SPC_RFC3161
from oqsgen.seal.verify.certificates import check_chain, make_chain
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.message import (
    SIGNING_TIME,
    SPC_COMMERCIAL,
    open_message,
)
from oqsgen.seal.verify.report import signature_of
from oqsgen.seal.verify.stamp import judged_at
from oqsgen.seal.verify.trust import certificates_in
from tests.certificates import NOW, Authority, Issued
from tests.seal.test_der_reader import nested
from tests.sealed import Message

AUTHORITY = Authority()
ROOT = AUTHORITY.issue("鎖 ルート", ca=True)
LEAF = AUTHORITY.issue("鎖 発行者", ROOT)
OTHER = AUTHORITY.issue("別の発行者")


def message() -> Message:
    return Message(LEAF, ROOT)


def code_of(encoded: bytes) -> str:
    with pytest.raises(SealError) as raised:
        open_message(encoded, SPC_INDIRECT_DATA)
    return raised.value.code


def test_a_good_message_opens() -> None:
    opened = open_message(message().encoded(), SPC_INDIRECT_DATA)
    assert opened.content.encoded == indirect_data(bytes(32))
    assert opened.certificate == LEAF.certificate
    assert set(opened.certificates) == {LEAF.certificate, ROOT.certificate}
    assert opened.timestamp is None


def test_what_other_tools_write_opens_too() -> None:
    other = message()
    link = der.explicit(1, der.tlv(0x80, b"https://example.jp"))
    name = der.explicit(0, der.tlv(0x81, b"OQS"))
    other.attributes |= {
        SIGNING_TIME: der.tlv(0x17, b"260401000000Z"),
        cms.SPC_STATEMENT_TYPE: der.sequence(der.oid(SPC_COMMERCIAL)),
        cms.SPC_SP_OPUS_INFO: der.sequence(name, link),
    }
    assert open_message(other.encoded(), SPC_INDIRECT_DATA).certificate == LEAF.certificate


def replaced(**parts: object) -> Callable[[Message], None]:
    def change(message: Message) -> None:
        for name, value in parts.items():
            assert hasattr(message, name)
            setattr(message, name, value)

    return change


def attribute(kind: str, value: bytes) -> Callable[[Message], None]:
    def change(message: Message) -> None:
        message.attributes = {**message.attributes, kind: value}

    return change


def without(kind: str) -> Callable[[Message], None]:
    def change(message: Message) -> None:
        del message.attributes[kind]

    return change


SHA1 = "1.3.14.3.2.26"
BROKEN = {
    "version 3": replaced(version=der.integer(3)),
    "version 1 in two bytes": replaced(version=b"\x02\x02\x00\x01"),
    "no digest algorithm": replaced(digests=[]),
    "two digest algorithms": replaced(digests=[cms.algorithm(cms.SHA256), cms.algorithm(SHA1)]),
    "SHA-1 outside": replaced(digests=[cms.algorithm(SHA1)]),
    "SHA-1 inside": replaced(digest=cms.algorithm(SHA1)),
    "other parameters": replaced(digest=der.sequence(der.oid(cms.SHA256), der.octet_string(b"x"))),
    "no parameters and no name": replaced(digest=der.sequence()),
    "another content type": replaced(content_type="1.2.840.113549.1.7.1"),
    "content that is no sequence": replaced(content=der.octet_string(b"x")),
    "no certificates": replaced(certificates=[]),
    "a certificate twice": replaced(certificates=[LEAF.der, LEAF.der]),
    "without the signer's": replaced(certificates=[ROOT.der]),
    "something that is no certificate": replaced(certificates=[LEAF.der, der.sequence()]),
    "another tag among the certificates": replaced(certificates=[LEAF.der, der.NULL]),
    "eleven certificates": replaced(
        certificates=[AUTHORITY.issue(f"多い{n}", ROOT).der for n in range(11)]
    ),
    "signer info of version 3": replaced(info_version=der.integer(3)),
    "signer by key id": replaced(identity=der.tlv(0x80, bytes(20))),
    "no signers": replaced(infos=0),
    "two signers": replaced(infos=2),
    "revocation lists behind": replaced(behind=der.tlv(0xA1, b"")),
    "attributes out of order": replaced(sort=False),
    "no content type": without(cms.CONTENT_TYPE),
    "no digest": without(cms.MESSAGE_DIGEST),
    "no opus": without(cms.SPC_SP_OPUS_INFO),
    "another content type signed": attribute(cms.CONTENT_TYPE, der.oid("1.2.840.113549.1.7.1")),
    "an unknown attribute": attribute("1.2.3.4", der.NULL),
    "a strange opus": attribute(cms.SPC_SP_OPUS_INFO, der.sequence(der.NULL)),
    "opus that is no sequence": attribute(cms.SPC_SP_OPUS_INFO, der.NULL),
    "a strange statement": attribute(cms.SPC_STATEMENT_TYPE, der.sequence(der.oid("1.2.3"))),
    "no algorithm": replaced(algorithm=der.sequence()),
    "RSA-PSS": replaced(algorithm=cms.algorithm("1.2.840.113549.1.1.10")),
    "ECDSA with an RSA key": replaced(algorithm=cms.algorithm(ECDSA_WITH_SHA256)),
    "a nested signature": replaced(
        unsigned=[cms.attribute("1.3.6.1.4.1.311.2.4.1", der.sequence())]
    ),
    "two time stamps": replaced(
        unsigned=[
            der.sequence(der.oid(SPC_RFC3161), der.set_of([der.sequence(), der.sequence(der.NULL)]))
        ]
    ),
    "a time stamp that is none": replaced(unsigned=[cms.attribute(SPC_RFC3161, der.NULL)]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_does_not_belong_in_a_message_keeps_it_shut(name: str) -> None:
    bad = message()
    BROKEN[name](bad)
    assert code_of(bad.encoded()) == "SIGNATURE_BROKEN"


def test_a_message_of_another_type_is_not_taken_for_one_of_ours() -> None:
    """A catalog's signature is never a script's, though it is right by itself."""
    other = message()
    other.content_type = CERT_TRUST_LIST
    other.attributes |= {cms.CONTENT_TYPE: der.oid(CERT_TRUST_LIST)}
    assert open_message(other.encoded(), CERT_TRUST_LIST).certificate == LEAF.certificate
    assert code_of(other.encoded()) == "SIGNATURE_BROKEN"


WRONG = {
    "the digest of something else": attribute(cms.MESSAGE_DIGEST, der.octet_string(bytes(32))),
    "a digest cut off": attribute(cms.MESSAGE_DIGEST, der.octet_string(b"")),
    "another content": replaced(content=indirect_data(b"\x01" * 32)),
    "another signature": replaced(signature=bytes(256)),
    "half a signature": replaced(signature=bytes(128)),
    "somebody else's certificate": replaced(
        certificates=[OTHER.der],
        identity=der.sequence(
            OTHER.certificate.issuer.public_bytes(), der.integer(OTHER.certificate.serial_number)
        ),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_the_signature_is_found(name: str) -> None:
    bad = message()
    WRONG[name](bad)
    assert code_of(bad.encoded()) == "SIGNATURE_WRONG"


def test_an_unsigned_message_is_told_apart() -> None:
    assert code_of(cms.unsigned_data(SPC_INDIRECT_DATA, indirect_data(bytes(32)))) == "UNSIGNED"


def test_a_time_stamp_that_is_none_is_found_and_moves_nothing() -> None:
    stamped = message()
    stamped.unsigned = [cms.attribute(SPC_RFC3161, der.sequence(der.NULL))]
    opened = open_message(stamped.encoded(), SPC_INDIRECT_DATA)
    assert opened.timestamp == der.sequence(der.NULL)
    when, (finding,) = judged_at(opened, "terminal.ps1", NOW, frozenset())
    assert when == NOW
    assert (finding.code, finding.severity) == ("TIMESTAMP_WRONG", "error")


@pytest.mark.parametrize("kind", ["rsa1024", "p256"])
def test_keys_of_other_sizes_and_kinds(kind: str) -> None:
    leaf = AUTHORITY.issue(f"鍵 {kind}", kind=kind)
    other = Message(leaf)
    if kind == "rsa1024":
        assert code_of(other.encoded()) == "KEY_NOT_ALLOWED"
        return
    other.algorithm = der.sequence(der.oid(ECDSA_WITH_SHA256))
    opened = open_message(other.encoded(), SPC_INDIRECT_DATA)
    found = list(check_chain(make_chain(opened.certificate, opened.certificates), "x", NOW))
    assert [(one.code, one.severity) for one in found] == [("ECDSA", "notice")]
    other.signature = b"\x30\x06\x02\x01\x01\x02\x01\x01"
    assert code_of(other.encoded()) == "SIGNATURE_WRONG"


# --- the chain


def judged(leaf: Issued, *others: Issued, days: int = 0) -> list[str]:
    """Codes about a chain, judged on that day from NOW."""
    try:
        chain = make_chain(leaf.certificate, [leaf.certificate, *(o.certificate for o in others)])
    except SealError as error:
        return [error.code]
    return [one.code for one in check_chain(chain, "x", NOW + timedelta(days=days))]


def test_a_chain_up_to_a_root_is_fine() -> None:
    between = AUTHORITY.issue("間の CA", ROOT, ca=True)
    assert judged(AUTHORITY.issue("葉", between), ROOT, between) == []
    assert judged(LEAF, ROOT) == []
    assert judged(AUTHORITY.issue("自己署名")) == []


def test_a_chain_has_to_reach_a_root() -> None:
    between = AUTHORITY.issue("間の CA", ROOT, ca=True)
    leaf = AUTHORITY.issue("葉", between)
    assert judged(leaf, between) == ["CHAIN_INCOMPLETE"]
    assert judged(leaf, ROOT) == ["CHAIN_INCOMPLETE"]
    assert judged(LEAF) == ["CHAIN_INCOMPLETE"]


def test_no_certificates_name_fills_a_message() -> None:
    no_ca = AUTHORITY.issue("\x1b" * 60, ca=False)
    leaf = AUTHORITY.issue("葉", no_ca)
    chain = make_chain(leaf.certificate, [leaf.certificate, no_ca.certificate])
    (finding,) = check_chain(chain, "x", NOW)
    shown = "\\x1b" * (NAME_CHARACTERS.value // 4)
    assert finding.message.startswith(f"証明書「{shown}…」は")


def test_a_root_with_another_key_did_not_sign() -> None:
    assert judged(LEAF, namesake(ROOT)) == ["CHAIN_INCOMPLETE"]


def namesake(issued: Issued) -> Issued:
    """A certificate that says the same and is of another key."""
    other = Authority()
    certificate = AUTHORITY.issue("鎖 ルート", ca=True, kind="rsa3072")
    assert certificate.certificate.subject == issued.certificate.subject
    assert other.key("鎖 ルート") != certificate.key
    return certificate


def test_a_certificate_that_belongs_to_nobody_is_found() -> None:
    assert judged(LEAF, ROOT, OTHER) == ["CERTIFICATE_EXTRA"]


def test_circles_end() -> None:
    one = AUTHORITY.issue("輪 1", ca=True)
    other = AUTHORITY.issue("輪 2", one, ca=True)
    again = AUTHORITY.issue("輪 1", other, ca=True)
    assert judged(again, other) == ["CHAIN_INCOMPLETE"]


@pytest.mark.parametrize("usages", [None, (ExtendedKeyUsageOID.SERVER_AUTH,)])
def test_a_signer_has_to_be_for_code(usages: tuple[ExtendedKeyUsageOID, ...] | None) -> None:
    leaf = AUTHORITY.issue("用途なし", ROOT, usages=usages)  # type: ignore[arg-type]
    assert judged(leaf, ROOT) == ["NOT_FOR_CODE"]


def test_only_a_ca_may_issue() -> None:
    no_ca = AUTHORITY.issue("CA ではない", ROOT)
    assert judged(AUTHORITY.issue("葉", no_ca), no_ca, ROOT) == ["CERTIFICATE_NOT_ALLOWED"]
    no_code = AUTHORITY.issue("別の用途", ca=True, usages=(ExtendedKeyUsageOID.SERVER_AUTH,))
    assert judged(AUTHORITY.issue("葉", no_code), no_code) == ["CERTIFICATE_NOT_ALLOWED"]


def test_a_weak_ca_is_refused() -> None:
    weak = AUTHORITY.issue("弱い CA", ca=True, kind="rsa1024")
    assert judged(AUTHORITY.issue("葉", weak), weak) == ["CERTIFICATE_NOT_ALLOWED"]


@pytest.mark.parametrize(
    ("days", "codes"),
    [(0, []), (366, ["EXPIRED"]), (-366, ["NOT_YET_VALID"])],
)
def test_every_certificate_has_to_be_valid_on_the_day(days: int, codes: list[str]) -> None:
    assert judged(LEAF, ROOT, days=days) == codes


def test_a_root_that_ended_ends_the_chain() -> None:
    ended = AUTHORITY.issue("終わった ルート", ca=True, days=(-700, -1))
    assert judged(AUTHORITY.issue("葉", ended), ended) == ["EXPIRED"]


def with_extensions(
    name: str, issuer: Issued | None, *extensions: tuple[x509.ExtensionType, bool]
) -> Issued:
    key = AUTHORITY.key(name)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        issuer.certificate.subject if issuer else subject,
        subject,
        key.public_key(),
        1,
        NOW - timedelta(days=1),
        NOW + timedelta(days=1),
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return Issued(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()))


CODE = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), False)
UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")


def usage(name: str) -> tuple[x509.ExtensionType, bool]:
    names = ["digital_signature", "content_commitment", "key_encipherment", "data_encipherment"]
    names += ["key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"]
    return x509.KeyUsage(**{one: one == name for one in names}), True


def ca(length: int | None) -> tuple[x509.ExtensionType, bool]:
    return x509.BasicConstraints(True, length), True


@pytest.mark.parametrize(
    ("extension", "codes"),
    [
        (usage("digital_signature"), []),
        (usage("key_encipherment"), ["CERTIFICATE_NOT_ALLOWED"]),
        ((UNKNOWN, False), []),
        ((UNKNOWN, True), ["CERTIFICATE_NOT_ALLOWED"]),
    ],
)
def test_what_a_certificate_says_about_itself_counts(
    extension: tuple[x509.ExtensionType, bool], codes: list[str]
) -> None:
    assert judged(with_extensions("言う", ROOT, CODE, extension), ROOT) == codes


@pytest.mark.parametrize(("length", "codes"), [(1, []), (0, ["CERTIFICATE_NOT_ALLOWED"])])
def test_a_chain_may_be_as_long_as_its_cas_say(length: int, codes: list[str]) -> None:
    root = with_extensions("長さ ルート", None, ca(length), usage("key_cert_sign"))
    between = with_extensions("長さ CA", root, ca(None), usage("key_cert_sign"))
    assert judged(with_extensions("長さ 葉", between, CODE), root, between) == codes


DEPARTMENT = x509.DirectoryName(
    x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATIONAL_UNIT_NAME, "甲")])
)
ELSEWHERE = x509.UniformResourceIdentifier("http://crl.example.jp/a.crl")


@pytest.mark.parametrize(
    ("extension", "codes"),
    [
        (x509.NameConstraints([DEPARTMENT], None), ["CERTIFICATE_NOT_ALLOWED"]),
        (x509.NameConstraints(None, [DEPARTMENT]), ["CERTIFICATE_NOT_ALLOWED"]),
        (x509.PolicyConstraints(0, 0), ["CERTIFICATE_NOT_ALLOWED"]),
        (x509.InhibitAnyPolicy(0), ["CERTIFICATE_NOT_ALLOWED"]),
        (x509.PrecertPoison(), ["CERTIFICATE_NOT_ALLOWED"]),
        (x509.SubjectAlternativeName([x509.DNSName("example.jp")]), []),
        (x509.CRLDistributionPoints([x509.DistributionPoint([ELSEWHERE], None, None, None)]), []),
        (
            x509.CertificatePolicies(
                [x509.PolicyInformation(x509.ObjectIdentifier("1.2.3.4"), None)]
            ),
            [],
        ),
    ],
    ids=lambda each: type(each).__name__,
)
@pytest.mark.parametrize("critical", [True, False])
def test_a_rule_that_is_not_followed_is_not_passed_over(
    extension: x509.ExtensionType, codes: list[str], critical: bool
) -> None:
    root = with_extensions("規則 ルート", None, ca(None), usage("key_cert_sign"))
    rules = (ca(None), usage("key_cert_sign"), (extension, critical))
    between = with_extensions("規則 CA", root, *rules)
    leaf = with_extensions("規則 葉", between, CODE)
    assert judged(leaf, root, between) == (codes if critical else [])


def test_a_ca_that_may_not_sign_certificates_does_not_count() -> None:
    root = with_extensions("署名 ルート", None, ca(None), usage("crl_sign"))
    assert judged(with_extensions("署名 葉", root, CODE), root) == ["CERTIFICATE_NOT_ALLOWED"]


# --- hostile input

GOOD = message().encoded()


@settings(max_examples=300)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unseen(at: int, change: int) -> None:
    data = bytearray(GOOD)
    data[at] ^= change
    with pytest.raises(SealError):
        opened = open_message(bytes(data), SPC_INDIRECT_DATA)
        make_chain(opened.certificate, opened.certificates)


@settings(max_examples=200)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 64), st.binary(max_size=64))
def test_spliced_bytes_end_in_a_seal_error(at: int, gone: int, new: bytes) -> None:
    data = GOOD[:at] + new + GOOD[at + gone :]
    if data != GOOD:
        with pytest.raises(SealError):
            opened = open_message(data, SPC_INDIRECT_DATA)
            make_chain(opened.certificate, opened.certificates)


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_random_bytes_end_in_a_seal_error(data: bytes) -> None:
    with pytest.raises(SealError):
        open_message(data, SPC_INDIRECT_DATA)


def issued_by_root(tbs: bytes) -> bytes:
    """A certificate with this content, whatever it says, rightly signed by the root."""
    assert isinstance(ROOT.key, rsa.RSAPrivateKey)
    signature = ROOT.key.sign(tbs, padding.PKCS1v15(), hashes.SHA256())
    algorithm = cms.algorithm("1.2.840.113549.1.1.11")
    return der.sequence(tbs, algorithm, der.tlv(0x03, b"\0" + signature))


TBS = LEAF.certificate.tbs_certificate_bytes


@settings(max_examples=300)
@given(st.integers(4, len(TBS) - 1), st.integers(1, 255))
def test_a_hostile_certificate_ends_in_a_seal_error_or_in_findings(at: int, change: int) -> None:
    """The attacker has a CA of their own, and issues what nobody would."""
    content = bytearray(TBS)
    content[at] ^= change
    certificate = issued_by_root(bytes(content))
    bad = message()
    bad.certificates = [certificate, ROOT.der]
    with suppress(SealError), warnings.catch_warnings():
        warnings.simplefilter("error")  # a person would see it
        opened = open_message(bad.encoded(), SPC_INDIRECT_DATA)
        chain = make_chain(opened.certificate, opened.certificates)
        list(check_chain(chain, "x", NOW))
        signature_of(chain, frozenset())


def test_a_signature_of_a_certificate_has_one_form() -> None:
    """A BIT STRING says how many bits of its last byte are unused: one does nothing to an even byte."""
    for number in range(200):
        one = AUTHORITY.issue(f"even {number}", ca=True, kind="p256")
        signature = one.certificate.signature
        if signature[-1] % 2 == 0:
            break
    before, after = one.der[: -len(signature) - 1], one.der[-len(signature) :]
    assert read_der(before + b"\0" + after) == one.certificate
    with pytest.raises(ValueError, match="whole bytes"):
        read_der(before + b"\1" + after)


@pytest.mark.parametrize("serial", [0, -1])
def test_a_serial_number_that_is_not_positive_is_refused_without_a_word_of_python(
    serial: int, tmp_path: Path
) -> None:
    old = der.integer(LEAF.certificate.serial_number)
    new = der.tlv(0x02, serial.to_bytes(1, "big", signed=True))
    assert TBS.count(old) == 1 and TBS[:2] == b"\x30\x82"
    certificate = issued_by_root(der.tlv(0x30, TBS[4:].replace(old, new)))
    bad = message()
    bad.certificates = [certificate, ROOT.der]
    (tmp_path / "trust.cer").write_bytes(certificate)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert code_of(bad.encoded()) == "SIGNATURE_BROKEN"
        with pytest.raises(ValueError, match="not a certificate"):
            certificates_in(tmp_path / "trust.cer")


def test_a_name_is_made_of_strings(tmp_path: Path) -> None:
    """cryptography takes a date for a name; openssl cannot read such a certificate."""
    old = LEAF.certificate.subject.public_bytes()
    last = len(old) - old.rindex(b"\x0c")
    new = old[:-last] + b"\x18" + old[1 - last :]
    assert TBS.count(old) == 1 and TBS[:2] == b"\x30\x82"
    certificate = issued_by_root(der.tlv(0x30, TBS[4:].replace(old, new)))
    bad = message()
    bad.certificates = [certificate, ROOT.der]
    (tmp_path / "trust.cer").write_bytes(certificate)
    assert code_of(bad.encoded()) == "SIGNATURE_BROKEN"
    with pytest.raises(ValueError, match="not a certificate"):
        certificates_in(tmp_path / "trust.cer")


def test_the_crafted_certificate_of_that_test_is_a_real_one() -> None:
    good = message()
    good.certificates = [issued_by_root(TBS), ROOT.der]
    opened = open_message(good.encoded(), SPC_INDIRECT_DATA)
    assert make_chain(opened.certificate, opened.certificates).certificates[1] == ROOT.certificate


def test_deep_nesting_ends_in_a_seal_error() -> None:
    assert code_of(nested(20_000)) == "SIGNATURE_BROKEN"
    deep = message()
    deep.attributes = {**deep.attributes, cms.SPC_SP_OPUS_INFO: nested(20_000)}
    assert code_of(deep.encoded()) == "SIGNATURE_BROKEN"
