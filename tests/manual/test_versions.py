"""The versions that the manuals ask for, and the texts that print them."""

import re

import pytest

from oqsgen.manual.rows import rows
from oqsgen.manual.sources import cite
from oqsgen.manual.versions import as_of, version, with_versions
from oqsgen.resources import folder, spec


def test_every_version_is_whole_and_cited() -> None:
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", as_of())
    for name in spec("versions")["versions"]:
        assert re.fullmatch(r"\d+(\.\d+){2,3}", version(name).minimum), name
        assert cite(version(name).source)


def test_texts_take_them_wherever_they_stand() -> None:
    minimum = version("distribution").minimum
    data = {"what": "<distribution> 以降", "values": [{"label": "版", "value": "v<distribution>"}]}
    assert with_versions(data) == {
        "what": f"{minimum} 以降",
        "values": [{"label": "版", "value": f"v{minimum}"}],
    }
    assert with_versions({"n": 1, "b": True}) == {"n": 1, "b": True}
    names = ";".join(version("face-library").installers)
    assert with_versions("installer:<face-library.installers>") == f"installer:{names}"
    with pytest.raises(KeyError):
        with_versions("<distributoin>")


def test_no_row_is_left_with_a_name_in_the_place_of_a_version() -> None:
    for row in rows():
        texts = (
            row.title,
            row.what,
            row.check,
            row.reason,
            *(v for pair in row.values for v in pair),
        )
        assert not [text for text in texts if re.search(r"<[a-z-]+>", text)], row.id


def test_no_row_writes_a_version_of_its_own() -> None:
    least = "|".join(re.escape(v["minimum"]) for v in spec("versions")["versions"].values())
    written = re.compile(rf"(?<![0-9.])(?:{least})(?![0-9.])")
    for path in sorted((folder("specs") / "requirements").glob("*.yaml")):
        assert not written.findall(path.read_text("utf-8")), path.name
