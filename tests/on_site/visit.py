"""A whole visit: a PC, an engineer, and what came of it; once more where one came back; and undone."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.accounts import face_accounts
from oqsgen.clinic.linkage import linkage_account
from oqsgen.plan.visit import Number, left_without, visit, with_followers
from oqsgen.seal.signer import Signer
from oqsgen.subjects.portal.accounts import administrator
from tests.examples import bundle_of, plan_of
from tests.on_site.compare import confirmed, numbers_done, open_steps, paper_of, seen_later, unseen
from tests.on_site.engineer import GOOD, Diary, Engineer, LostError, Manner
from tests.on_site.site import Ended, RefusedError, Site, site_of
from tests.pc.installed import with_installed, with_own, with_rows
from tests.runtime.test_examples_run import SECRET

OBSTACLES = ("line", "certificate-notice", "master-notice", "reader", "card", "his-vendor", "time")
"""What may be missing, by its name in ``specs/visit.yaml``; and the time."""


ITSELF = "itself"
"""Who does what nobody can do on the day of the visit: the PC, the next morning."""
PASSWORD = r"\S{16}"
"""As the PC makes one."""
DAYS = 7
"""Between two visits."""


@dataclass
class Visit:
    """What is there afterwards. ``lost``: why the engineer gave up, where they did."""

    profile: TerminalProfile
    site: Site
    diary: Diary
    lost: str = ""
    confirmed: tuple[str, ...] = ()
    """Titles of what a person has said to be done by then."""

    @property
    def open_steps(self) -> list[str]:
        return open_steps(self.site, self.diary)

    @property
    def unseen(self) -> list[str]:
        return unseen(self.site, self.diary)

    def numbers(self, missing: Set[str]) -> tuple[int, int]:
        """How many numbers were done of those that could be, and how many could."""
        could = self._possible(missing)
        return len(could) - len(self.left_undone(missing)), len(could)

    def left_undone(self, missing: Set[str]) -> list[str]:
        """Labels of the numbers that could have been done without this, and were not."""
        done = numbers_done(self.site, {*self.open_steps} - seen_later(self.site))
        return [label for label in self._possible(missing) if label not in done]

    def _possible(self, missing: Set[str]) -> list[str]:
        numbers = visit(self.profile, plan_of(self.profile))
        left = {number.label for number in left_without(numbers, missing)}
        left |= {number.label for number in numbers if number.later == ITSELF}
        late = with_followers(numbers, self._labels(numbers, self.diary.put_off))
        left |= {number.label for number in late if "time" in missing}
        # Of one that could be done, what nobody could do.
        left |= self._labels(numbers, self.diary.lacked)
        return [number.label for number in numbers if number.label not in left]

    def _labels(self, numbers: Sequence[Number], texts: Sequence[str]) -> set[str]:
        """The numbers of the steps that are named in what was shown."""
        titles = {step["id"]: step["title"] for step in self.site.plan["steps"]}
        return {
            number.label
            for number in numbers
            if any(titles.get(id, "?") in text for id in number.steps for text in texts)
        }


def arrive(
    profile: TerminalProfile,
    signer: Signer,
    folder: Path,
    *,
    steps: Set[str] | None = None,
) -> Site:
    """The PC before the visit: as it comes, or set up long ago where the visit is not the first."""
    if profile.job.mode == "audit":
        return _set_up(profile, signer, folder)
    site = site_of(profile, signer, folder, steps=steps)
    if "new" not in profile.facts:
        # What is downloaded at a succession is not there yet.
        without = {"cert-import"} if profile.job.mode == "succession" else set()
        machine = with_installed(site.computer.machine, site.plan, without)
        machine = with_rows(machine, {"face-lib-oldver"})
        for person in profile.staff_accounts:
            machine = with_own(machine, site.plan, person)
        own = {"sid": "S-1-5-21-1-2-3-1500", "password": SECRET}
        machine["accounts"][site.plan["account"]] = machine["accounts"]["setup"] | own
        site.computer.machine = machine
    return site


def _set_up(profile: TerminalProfile, signer: Signer, folder: Path) -> Site:
    """A PC some time after a first visit that went well, and the bundle of the next one."""
    first = profile.model_copy(update={"job": profile.job.model_copy(update={"mode": "new"})})
    site = site_of(first, signer, folder)
    play(first, site)
    site.replace_bundle(bundle_of(profile, signer).files)
    site.come_back(DAYS)
    return site


def play(
    profile: TerminalProfile,
    site: Site,
    manner: Manner = GOOD,
    *,
    before: Visit | None = None,
    rebuilt: bool = False,
) -> Visit:
    """A visit to the PC. ``before``: the visit before it; ``rebuilt``: with another bundle since."""
    ids = {step["id"] for step in site.plan["steps"]}
    code = profile.facility.code
    values = {
        **forms(profile),
        "job": profile.job.mode,
        "account": site.plan["account"],
        "terminal": profile.terminal.name,
        "code": code,
        "deadline": "20270131",
    }
    if "login-key" in ids:
        values["linkage"] = f"R{int(code[2] == '4')}RENK01"
    if profile.network.dns and profile.network.dns.where == "router":
        values["router"] = "yes"
    if before is not None:
        site.come_back(DAYS)
    engineer = Engineer(
        site,
        paper_of(site, values, visit(profile, plan_of(profile))),
        manner,
        back="" if before is None else "rebuilt" if rebuilt else "again",
        ticked=before.diary.done if before else (),
    )
    try:
        engineer.visit()
    except (LostError, RefusedError) as error:
        return Visit(profile, site, engineer.diary, str(error))
    return Visit(profile, site, engineer.diary, confirmed=confirmed(site))


def undo(site: Site) -> int:
    """3_元に戻す, with every question agreed to; its code."""
    window = site.open("3_元に戻す.cmd")
    while not isinstance(shown := window.next(), Ended):
        agreed = "元に戻す" if "元に戻すときだけ" in shown.prompt else "はい"
        window.answer(agreed if shown.way != "secret" else "Ima-Kimeta-3!")
    return shown.code


def forms(profile: TerminalProfile) -> dict[str, str]:
    """What the portal's form asks for that the clinic's file or this PC has decided, field by field: patterns, a line each.

    ``accounts``: of all accounts; ``linkage account``: of the one that each terminal has; ``NAS``: who may use each folder.
    """

    def fields(account: str | None, name: str, kana: str) -> list[str]:
        # A password is typed twice.
        return [*([re.escape(account)] if account else []), name, kana, PASSWORD, PASSWORD]

    linked = profile.facts & {"linkage"}
    linkage = fields(linkage_account(profile), "連携用", "レンケイヨウ") if linked else []
    accounts = fields(administrator(profile), "管理アカウント", "カンリアカウント")
    for account in face_accounts(profile):
        accounts += fields(account, "顔認証用", "カオニンショウヨウ")
    account = profile.his.share_account
    paths = profile.his.paths
    folders = [path for path in (paths.req, paths.res) if path and path.startswith("\\\\")]
    asked = {"accounts": accounts + linkage, "linkage account": linkage}
    asked["NAS"] = [re.escape(account) for _ in folders] if account else []
    return {name: "\n".join(fields) for name, fields in asked.items()}
