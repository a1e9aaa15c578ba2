"""操作6 as steps: what the site decides about its certificates."""

from pathlib import Path

from oqsgen.manual.rows import rows
from oqsgen.plan.step import Step
from oqsgen.resources import folder, spec
from tests.examples import steps_of

START = """\
facility: {code: "1319999012", name: 東京内科, hours: {open: "09:00", close: "18:30"}%s}
network: {provider: ntt-east, dns: {where: router}}
power: auto
readers: [{vendor: panasonic}]
terminals: [{name: OQS-01, os: win11-iot-ltsc-2024}]
"""


def written(tmp_path: Path, text: str) -> dict[str, Step]:
    path = tmp_path / "clinic.yaml"
    path.write_text(text, "utf-8")
    return steps_of(path)


def test_a_new_terminal_has_one_certificate_a_code(tmp_path: Path) -> None:
    steps = written(tmp_path, START % ', more_codes: ["1339999012"]')
    found = steps["certificate-import"]
    assert (found.how, found.scope, found.who) == ("apply", "user", "everyone")
    assert found.target == {"code": "1319999012"}
    assert found.wanted == {"count": 2, "chosen": False}
    assert steps["certificate-usable"].wanted == {"count": 2, "renewals": True}
    assert "two-certs-med-dental" in steps["certificate-usable"].requirements
    assert "certificate-old" not in steps


def test_the_deadline_is_read_from_the_file_or_typed(tmp_path: Path) -> None:
    typed = written(tmp_path, START % "")
    assert "certificate-download-day" not in typed
    step = typed["certificate-download-day-typed"]
    assert step.how == "guided" and step.target and step.target["day"] == 0
    known = written(tmp_path, START % "" + "certificate: {download_deadline: 2027-01-31}\n")
    assert "certificate-download-day-typed" not in known
    step = known["certificate-download-day"]
    assert step.how == "verify" and step.target and step.target["day"] == 20270131


def test_a_succession_retires_the_old_one_last_and_counts_120_days() -> None:
    steps = steps_of(folder("specs") / "examples" / "p11-chiba-shika.yaml")
    order = [name for name in steps if name.startswith("certificate-")]
    places = [
        order.index(f"certificate-{name}")
        for name in ("notice", "download", "import", "root", "backup", "old", "usable")
    ]
    assert places == sorted(places)
    assert steps["certificate-import"].wanted == {"count": 1, "chosen": True}
    usable = steps["certificate-usable"].wanted
    assert usable == {"count": 1, "renewals": False}, "the one before is of another code"
    day = steps["certificate-old-day"].target
    assert day and day["day"] == 20270301
    notice = steps["certificate-notice"]
    assert notice.wanted and notice.wanted["code"] == steps["certificate-old"].target["code"]  # type: ignore[index]


def test_an_audit_only_looks() -> None:
    steps = steps_of(folder("specs") / "examples" / "p12-hyogo-ika-shika.yaml")
    names = ("usable", "noted", "files-left", "expiry")
    assert {steps[f"certificate-{name}"].how for name in names} == {"verify"}
    assert not {"certificate-import", "certificate-old", "certificate-root"} & set(steps)


def test_the_issuers_are_data_and_each_name_and_fingerprint_has_its_page() -> None:
    issuers = spec("issuers")["issuers"]
    names = {issuer["name"] for issuer in issuers}
    for issuer in issuers:
        assert issuer["seen"] and all(seen["source"] for seen in issuer["seen"])
        assert {seen["name"].split(" - G")[0] for seen in issuer["seen"]} == {issuer["name"]}
        assert issuer["roots"] or issuer["roots_looked"]
        assert all({*root} == {"name", "thumbprint", "source"} for root in issuer["roots"])
    told = {value for row in rows() for label, value in row.values if "発行者" in label}
    assert told == names
