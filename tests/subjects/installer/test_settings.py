"""準備 and 操作11: the installers and versions that a site needs."""

import re

from oqsgen.resources import spec
from oqsgen.subjects.installer.kinds import SEARCH_FOLDERS
from tests import PARTS
from tests.subjects.clinics import Plan


def test_only_what_the_profile_has_is_to_be_brought_and_compared(plan: Plan) -> None:
    alone = plan()
    linked = plan(his="{link: true, share_account: receiptcom}")
    assert "installer-linkage" not in alone and "installer-linkage" in linked
    names = [a["name"] for a in alone["installed-versions"].as_json()["target"]["applications"]]
    assert names == ["顔認証ライブラリ", "配信アプリケーション"]
    minimum = linked["installed-versions"].as_json()["wanted"]["minimum"]
    assert minimum == dict(zip(minimum, ("2.3.0", "2.2.0", "2.0.1"), strict=True))


def test_every_installer_is_known_as_it_is_downloaded_and_as_it_is_run(plan: Plan) -> None:
    downloaded = [one for one in spec("versions")["versions"].values() if "installers" in one]
    assert downloaded
    for application in downloaded:
        kinds = {name.rsplit(".")[-1] for name in application["installers"]}
        assert "zip" in kinds and kinds & {"msi", "exe"}, application["title"]
    steps = plan(his="{link: true, share_account: receiptcom}")
    for step in ("installers-left", "installer-signatures"):
        target = steps[step].target
        assert target
        for application in downloaded:
            assert set(application["installers"]) <= set(target["names"])


def test_the_pc_says_the_places_in_the_words_of_the_sheet() -> None:
    script = (PARTS / "installer" / "installer.ps1").read_text("utf-8-sig")
    said = dict(re.findall(r"^\$script:(Installer\w+) = ['\"](.*)['\"]$", script, re.MULTILINE))
    folder = said["InstallerFolder"]
    assert said["InstallerPlace"].replace("$script:InstallerFolder", folder) == SEARCH_FOLDERS
