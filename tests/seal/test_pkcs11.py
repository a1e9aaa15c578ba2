"""Keys on tokens: which one a URI means, and signing with SoftHSM 2."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from oqsgen.seal import pkcs11 as token_module
from oqsgen.seal.pkcs11 import TokenUri, from_token, parse_uri
from oqsgen.seal.signer import Signer, SignerError
from tests.certificates import NOW, Authority, Issued
from tests.command import Run
from tests.pc.tools import TOOLS

MODULE = TOOLS["softhsm2"]()
PIN = "271828 himitsu"


needs_softhsm = pytest.mark.needs("softhsm2", "pkcs11")


def test_a_uri_says_module_token_and_key() -> None:
    uri = (
        "pkcs11:token=%E9%AB%99%E6%A9%8B;object=my%20key;id=%01%ff;type=private?module-path=/a/b.so"
    )
    assert parse_uri(uri) == TokenUri("/a/b.so", token="髙橋", object="my key", id=b"\x01\xff")
    full = "PKCS11:serial=0a;manufacturer=m;model=x%3By?module-path=C:%5Cp11.dll"
    assert parse_uri(full) == TokenUri("C:\\p11.dll", serial=b"0a", manufacturer="m", model="x;y")


@pytest.mark.parametrize(
    "rest", ["token=a?pin-value:271828", "token=a;271828", "a?pin-value%3D271828"]
)
def test_what_may_be_a_pin_is_not_repeated(rest: str) -> None:
    with pytest.raises(SignerError) as caught:
        parse_uri(f"pkcs11:{rest}")
    assert "名前=値" in str(caught.value) and "271828" not in str(caught.value)


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("", "pkcs11:token="),
        ("/usr/lib/p11.so", "pkcs11:token="),
        ("pkcs11", "pkcs11:token="),
        ("pkcs11:token=a", "module-path"),
        ("pkcs11:token=a?module-path=", "module-path"),
        ("pkcs11:token=a;object=%ff?module-path=/x", "UTF-8"),
        ("pkcs11:tokn=a?module-path=/x", "tokn"),
        ("pkcs11:token=a;token=b?module-path=/x", "token"),
        ("pkcs11:token?module-path=/x", "token"),
        ("pkcs11:token=a;type=cert?module-path=/x", "type"),
        ("pkcs11:token=a?module-path=/x&module-name=y", "module-name"),
        ("pkcs11:token=a?module-path=/x&pin-value=271828", "--sign-pin-env"),
        ("pkcs11:token=a;pin-value=271828?module-path=/x", "--sign-pin-env"),
        ("pkcs11:token=a?pin-source=file:/271828&module-path=/x", "--sign-pin-env"),
    ],
)
def test_a_uri_that_does_not_name_a_key_is_refused(uri: str, said: str) -> None:
    with pytest.raises(SignerError) as caught:
        parse_uri(uri)
    assert said in str(caught.value)
    assert str(caught.value).endswith("。")
    assert "271828" not in str(caught.value)


def test_without_the_extra_the_command_that_installs_it_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)
    with pytest.raises(SignerError, match=r"pip install 'oqsgen\[pkcs11\]'"):
        from_token("pkcs11:token=a?module-path=/x", lambda: PIN, (), NOW)


@pytest.fixture(scope="module")
def root(authority: Authority) -> Issued:
    return authority.issue("トークンのルート", ca=True, days=(-4000, 4000))


@pytest.fixture(scope="module")
def leaf(authority: Authority, root: Issued) -> Issued:
    return authority.issue("トークンの発行者", root, days=(-4000, 4000))


@pytest.fixture(scope="module")
def elliptic(authority: Authority, root: Issued) -> Issued:
    return authority.issue("楕円の発行者", root, kind="p256", days=(-4000, 4000))


@pytest.fixture(scope="module")
def tokens(
    tmp_path_factory: pytest.TempPathFactory, leaf: Issued, elliptic: Issued, root: Issued
) -> Iterator[Path]:
    """A folder of tokens: 事務所 with keys, and two that have the same label."""
    import pkcs11

    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    configuration = folder / "softhsm2.conf"
    configuration.write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(configuration))
        for label in ("事務所", "双子", "双子"):
            command = ["softhsm2-util", "--init-token", "--free", "--label", label]
            command += ["--pin", PIN, "--so-pin", "12345678"]
            subprocess.run(command, check=True, capture_output=True)
        library = pkcs11.lib(MODULE)
        library.reinitialize()
        with library.get_token(token_label="事務所").open(user_pin=PIN, rw=True) as session:
            store(session, "rsa", b"\x01", leaf, certificate=True)
            store(session, "rsa each time", b"\x02", leaf, always=True)
            store(session, "ec", b"\x03", elliptic, certificate=True)
            store(session, "twice", b"\x04", leaf)
            store(session, "twice", b"\x05", leaf)
        yield folder
        library.finalize()


def store(
    session: Any,
    label: str,
    number: bytes,
    issued: Issued,
    *,
    certificate: bool = False,
    always: bool = False,
) -> None:
    from pkcs11 import Attribute, CertificateType, KeyType, ObjectClass
    from pkcs11.util import ec as ec_util
    from pkcs11.util import rsa as rsa_util

    form = (serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL)
    data = issued.key.private_bytes(*form, serialization.NoEncryption())
    if isinstance(issued.key, rsa.RSAPrivateKey):
        template = rsa_util.decode_rsa_private_key(data)
        assert template[Attribute.KEY_TYPE] == KeyType.RSA
    else:
        template = ec_util.decode_ec_private_key(data)
    common = {Attribute.LABEL: label, Attribute.ID: number, Attribute.TOKEN: True}
    more = {Attribute.PRIVATE: True, Attribute.SENSITIVE: True, Attribute.SIGN: True}
    session.create_object(
        {**template, **common, **more, **({Attribute.ALWAYS_AUTHENTICATE: True} if always else {})}
    )
    if certificate:
        subject = issued.certificate.subject.public_bytes()
        session.create_object(
            {
                **common,
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
                Attribute.SUBJECT: subject,
                Attribute.VALUE: issued.der,
            }
        )


@pytest.fixture
def fresh(tokens: Path) -> Path:
    """Nobody is signed in to the tokens."""
    import pkcs11

    pkcs11.lib(MODULE).reinitialize()
    return tokens


def uri(path: str) -> str:
    return f"pkcs11:{path}?module-path={MODULE}"


@pytest.fixture
def chain(root: Issued, tmp_path: Path) -> list[Path]:
    file = tmp_path / "root.cer"
    file.write_bytes(root.der)
    return [file]


def opened(path: str, chain: list[Path], pin: str = PIN) -> Signer:
    return from_token(uri(path), lambda: pin, chain, NOW)


@needs_softhsm
@pytest.mark.parametrize(
    "path", ["token=%E4%BA%8B%E5%8B%99%E6%89%80;object=rsa", "token=事務所;id=%01", "id=%02"]
)
def test_an_rsa_key_signs_as_if_it_were_in_a_file(
    path: str, fresh: Path, leaf: Issued, root: Issued, chain: list[Path]
) -> None:
    if "token" not in path:
        path = f"token=事務所;{path}"
    signer = opened(path, chain)
    assert signer.certificate == leaf.certificate
    assert signer.chain == (root.certificate,)
    assert signer.ends == leaf.certificate.not_valid_after_utc.date()
    assert isinstance(leaf.key, rsa.RSAPrivateKey)
    for data in (b"", b"data", b"x" * 100_000):
        assert signer.sign(data) == leaf.key.sign(data, padding.PKCS1v15(), hashes.SHA256())


@needs_softhsm
def test_a_token_that_cannot_hash_signs_the_same(
    fresh: Path, leaf: Issued, chain: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pkcs11

    whole = token_module._operation
    monkeypatch.setattr(
        token_module,
        "_operation",
        lambda p11, key, mechanisms, again: whole(p11, key, {pkcs11.Mechanism.RSA_PKCS}, again),
    )
    assert isinstance(leaf.key, rsa.RSAPrivateKey)
    expected = leaf.key.sign(b"data", padding.PKCS1v15(), hashes.SHA256())
    assert opened("token=事務所;object=rsa", chain).sign(b"data") == expected


@needs_softhsm
def test_an_elliptic_key_signs(fresh: Path, elliptic: Issued, chain: list[Path]) -> None:
    signer = opened("token=事務所;object=ec", chain)
    assert signer.elliptic
    public = elliptic.certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    for _ in range(20):
        public.verify(signer.sign(b"data"), b"data", ec.ECDSA(hashes.SHA256()))


@needs_softhsm
def test_many_threads_sign_with_one_token(fresh: Path, leaf: Issued, chain: list[Path]) -> None:
    signer = opened("token=事務所;object=rsa", chain)
    assert isinstance(leaf.key, rsa.RSAPrivateKey)
    texts = [str(number).encode() for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(signer.sign, texts))
    assert made == [leaf.key.sign(text, padding.PKCS1v15(), hashes.SHA256()) for text in texts]


@needs_softhsm
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("token=nobody;object=rsa", "事務所"),
        ("token=双子;object=rsa", "2 個"),
        ("serial=00;object=rsa", "事務所"),
        ("token=事務所;object=none", "鍵がトークンにありません"),
        ("token=事務所;object=twice", "2 個"),
        ("token=事務所", "5 個"),
    ],
)
def test_what_is_not_there_or_not_alone_is_said(
    path: str, said: str, fresh: Path, chain: list[Path]
) -> None:
    with pytest.raises(SignerError) as caught:
        opened(path, chain)
    assert said in str(caught.value)


@needs_softhsm
def test_the_pin_is_not_asked_for_before_the_token_is_there(fresh: Path, chain: list[Path]) -> None:
    def never() -> str:
        raise AssertionError("asked in vain")

    with pytest.raises(SignerError, match="ありません"):
        from_token(uri("token=nobody"), never, chain, NOW)


@needs_softhsm
@pytest.mark.parametrize("pin", ["000000", "", "1", "9" * 400, "\udc80", "暗証番号"])
def test_a_wrong_pin_is_tried_once(
    pin: str, fresh: Path, chain: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []
    whole = token_module._opened

    def once(*given: Any) -> Any:
        tried.append(given)
        return whole(*given)

    monkeypatch.setattr(token_module, "_opened", once)
    with pytest.raises(SignerError, match="ロック") as caught:
        opened("token=事務所;object=rsa", chain, pin)
    assert len(tried) == 1
    assert pin in ("", "1") or pin not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__context__ is None


@needs_softhsm
def test_a_certificate_that_is_nowhere_is_asked_for(
    fresh: Path, leaf: Issued, elliptic: Issued, root: Issued, tmp_path: Path
) -> None:
    with pytest.raises(SignerError, match="--sign-chain"):
        opened("token=事務所;object=rsa", [])
    other = Authority().issue("別の発行者")
    (tmp_path / "other.cer").write_bytes(other.der)
    import pkcs11

    pkcs11.lib(MODULE).reinitialize()
    with pytest.raises(SignerError, match="--sign-chain"):
        opened("token=事務所;object=rsa", [tmp_path / "other.cer"])


@needs_softhsm
@pytest.mark.parametrize("module", ["/none/p11.so", "/etc/passwd", "/usr/lib"])
def test_a_module_that_is_none_is_refused(module: str, fresh: Path) -> None:
    with pytest.raises(SignerError, match="module-path"):
        from_token(f"pkcs11:token=a?module-path={module}", lambda: PIN, (), NOW)


@needs_softhsm
def test_a_token_that_is_pulled_out_is_said(
    fresh: Path, chain: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pkcs11

    whole = token_module._operation

    def once(*given: Any) -> Any:
        operation, left = whole(*given), [1]

        def sign(data: bytes) -> bytes:
            if not left:
                raise pkcs11.DeviceRemoved
            left.pop()
            return operation(data)

        return sign

    monkeypatch.setattr(token_module, "_operation", once)
    signer = opened("token=事務所;object=rsa", chain)
    with pytest.raises(SignerError, match=r"DeviceRemoved.*もう一度"):
        signer.sign(b"data")


@needs_softhsm
def test_a_build_is_signed_by_a_token(
    fresh: Path, run: Run, root: Issued, leaf: Issued, tmp_path: Path
) -> None:
    from oqsgen.resources import folder

    (tmp_path / "root.cer").write_bytes(root.der)
    example = folder("specs") / "examples" / "clinic.yaml"
    sign = ["--sign-pkcs11", uri("token=事務所;object=rsa"), "--sign-pin-env", "TOKEN_PIN"]
    command = ["build", str(example), *sign, "--sign-chain", "root.cer", "--jobs", "4"]
    done = run(*command, TOKEN_PIN=PIN)
    assert done.returncode == 0, done.stderr
    assert "SIGNATURE_ENDS" in done.stderr
    certificates = list(tmp_path.glob("dist/*/publisher/publisher.cer"))
    assert len(certificates) > 1
    assert all(file.read_bytes() == leaf.der for file in certificates)
    wrong = run(*command, TOKEN_PIN="314159")
    assert wrong.returncode == 1 and "PIN が違います" in wrong.stderr
    unset = run(*command)
    assert unset.returncode == 1 and "TOKEN_PIN" in unset.stderr
    asked = run(*command[:4], "--sign-chain", "root.cer")
    assert asked.returncode == 1 and "--sign-pin-env" in asked.stderr
    for one in (done, wrong, unset, asked):
        assert PIN not in one.stdout + one.stderr
        assert "314159" not in one.stdout + one.stderr
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or PIN.encode() not in path.read_bytes()
