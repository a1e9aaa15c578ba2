"""What a sheet is about: one terminal's profile, plan and numbers, and the values that the sheet's texts name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.linkage import linkage_account
from oqsgen.clinic.readers import maker_of
from oqsgen.clinic.unanswered import unanswered
from oqsgen.manual.rows import holds
from oqsgen.plan.step import Step
from oqsgen.plan.visit import Number, visit
from oqsgen.render.runs import Run
from oqsgen.render.sheet import rows
from oqsgen.render.sheet.notation import joined, runs
from oqsgen.resources import spec
from oqsgen.seal.signer import Signer

FORMS = {"desktop": "デスクトップ", "notebook": "ノート"}

FEW = 2
"""So many staff accounts and readers are named where they are spoken of; more have a table of their own."""

LINE = 30
"""So many characters of names fit one line of the strip, with a phone."""

Text = str | Mapping[str, Any]
"""A text of ``specs/sheet.yaml``: itself, or ``text`` with what it is there for."""


@dataclass(frozen=True)
class About:
    """One terminal's sheet: ``bundle`` is the id (hex), ``signer`` None where the bundle is unsigned."""

    profile: TerminalProfile
    plan: Sequence[Step]
    numbers: Sequence[Number]
    bundle: str
    signer: Signer | None

    @property
    def mode(self) -> str:
        return self.profile.job.mode

    @cached_property
    def steps(self) -> dict[str, Step]:
        """What is done on this terminal, by its ids; not what the clinic leaves out."""
        return {step.id: step for step in self.plan if not step.left_out}

    @cached_property
    def unanswered(self) -> dict[str, Mapping[str, Any]]:
        """Key → question, of what the office has left open."""
        return unanswered(self.profile)

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """Id of a number → its labels, one for each person."""
        by_id: dict[str, list[str]] = {}
        for number in self.numbers:
            by_id.setdefault(number.id, []).append(number.label)
        return by_id

    def there(self, text: Text, among: Collection[str] | None = None) -> bool:
        """Whether a text (or a row of texts) is for this terminal; ``among``: the ids of the steps that it is about."""
        if isinstance(text, str):
            return True
        steps = self.steps.keys() if among is None else self.steps.keys() & set(among)
        return (
            holds(text.get("when", {}), self.profile.facts)
            and ("steps" not in text or not steps.isdisjoint(text["steps"]))
            and self.steps.keys().isdisjoint(text.get("without", ()))
            and ("numbers" not in text or not self.labels.keys().isdisjoint(text["numbers"]))
            and ("open" not in text or not self.unanswered.keys().isdisjoint(text["open"]))
            and None not in map(self.value, text.get("known", ()))
        )

    def runs(self, *texts: Text) -> list[Run]:
        """Those texts that are for this terminal, one after another."""
        lines = (
            text if isinstance(text, str) else text["text"] for text in texts if self.there(text)
        )
        return runs(joined(lines), self.value)

    def value(self, name: str) -> str | None:
        """What a name in a text stands for; None where this terminal has nothing to give for it."""
        kind, _, rest = name.partition(":")
        if kind == "no":
            return self._labels(rest.split())
        if rest:
            return self._step_value(kind, rest)
        return self._values.get(name)

    def _labels(self, ids: Iterable[str]) -> str | None:
        labels = [label for id in ids for label in self.labels.get(id, ())]
        return in_short(labels) or None

    def _step_value(self, id: str, label: str) -> str | None:
        step = self.steps.get(id)
        return (
            next((value for title, value in step.values if title == label), None) if step else None
        )

    @cached_property
    def _values(self) -> dict[str, str | None]:
        profile = self.profile
        network, update, certificate = spec("network"), profile.windows_update, profile.certificate
        return {
            "facility": profile.facility.name,
            "code": profile.facility.code,
            "terminal": profile.terminal.name,
            "folder": profile.name,
            "os": spec("windows")["os"][profile.terminal.os]["title"],
            "form": FORMS[profile.terminal.form],
            "hours": f"{profile.facility.hours.open}～{profile.facility.hours.close}",
            "provider": profile.provider_title,
            "method": network["methods"][profile.network.method],
            "topology": network["topologies"][profile.topology],
            "reboot": profile.reboot_time,
            "update-time": f"{update.hour:02}:00" if update.mode == "auto" else None,
            "readers": _readers(profile),
            "reader-manuals": _manuals(profile),
            "face-accounts": _face_accounts(profile),
            "share-account": profile.his.share_account,
            "linkage-account": linkage_account(profile) if "linkage" in profile.facts else None,
            "staff": self._staff,
            "from": profile.visit.from_,
            "until": profile.visit.until,
            "until-time": profile.visit.until and profile.visit.until.split()[-1],
            "witness": profile.visit.witness,
            "certificate-for": profile.terminal.certificate_for,
            "deadline": certificate.download_deadline
            and f"{certificate.download_deadline:%Y/%m/%d}",
            "shortcut": self._step_value("shortcut", "名前") or "資格確認",
            **_shares(profile, self.steps),
            "publisher": self.signer and self.signer.subject,
            "company": profile.vendor and profile.vendor.company,
            "engineer": profile.vendor and profile.vendor.engineer,
            "contact": (profile.vendor and profile.vendor.contact) or "設置担当",
            "call": _call(profile),
            "made-passwords": self._made_passwords,
            "router-rows": str(len(rows.router(self.steps))),
            "environment-used": _used(self.steps),
            "dns-as-of": self._step_value("dns-latest-guide", "値の時点"),
        }

    @property
    def _staff(self) -> str | None:
        """Who they are; many of them have a table where they have numbers."""
        persons = self.profile.staff_accounts
        tabled = len(persons) > FEW and any(number.person for number in self.numbers)
        return f"{len(persons)} 人（表 F）" if tabled else "、".join(persons) or None

    @property
    def _made_passwords(self) -> str | None:
        step = self.steps.get("portal-passwords")
        accounts = (step.wanted or {})["accounts"] if step else ()
        titles = [each["account"] for each in accounts]
        if len(self.profile.readers) > FEW:
            readers = slice(1, 1 + len(self.profile.readers))
            titles[readers] = [f"顔認証用 {len(titles[readers])} 個"]
        return "、".join(titles) or None


def in_short(labels: Sequence[str]) -> str:
    """Labels of numbers one after another; three and more that follow each other as the first and the last."""
    follow = (
        [str(number) for number in range(int(labels[0]), int(labels[0]) + len(labels))]
        if labels and labels[0].isdigit()
        else []
    )
    if len(labels) > 2 and list(labels) == follow:
        return f"{labels[0]}～{labels[-1]}"
    return "・".join(labels)


def about(
    profile: TerminalProfile, plan: Sequence[Step], bundle: str, signer: Signer | None
) -> About:
    """What the sheet of a terminal with this plan is about."""
    return About(profile, plan, visit(profile, plan), bundle, signer)


def _readers(profile: TerminalProfile) -> str:
    """How many readers of which maker."""
    titles = [maker_of(reader) for reader in profile.readers]
    return "、".join(f"{title} {titles.count(title)} 台" for title in dict.fromkeys(titles))


def _manuals(profile: TerminalProfile) -> str | None:
    vendors = spec("readers")["vendors"]
    books = [book for reader in profile.readers for book in vendors[reader.vendor]["manuals"]]
    return "、".join(dict.fromkeys(books)) or None


def _face_accounts(profile: TerminalProfile) -> str | None:
    """Those that are few; others stand in 表 B alone."""
    accounts = [reader.account for reader in profile.readers if reader.account]
    named = len(accounts) == len(profile.readers) and len(accounts) <= FEW
    return "、".join(accounts) if accounts and named else None


def _used(steps: Mapping[str, Step]) -> str | None:
    """What is on in 環境設定情報."""
    on = [label for label, value in rows.flags(steps) if value.startswith("利用する")]
    charset = [value for label, value in rows.flags(steps) if label == "文字コード"]
    return "、".join([*charset, f"利用する: {'・'.join(on) or 'なし'}"])


def _shares(profile: TerminalProfile, steps: Mapping[str, Step]) -> dict[str, str | None]:
    """How the shared folders are opened from another PC, and where they are on this one."""
    folders = [steps[id].values for id in ("share-face", "share-req", "share-res") if id in steps]
    named = [dict(values) for values in folders]
    shares = "、".join(
        rf"\\{profile.terminal.name}\{values['共有名']}" for values in named if "共有名" in values
    )
    paths = "、".join(values["フォルダー"] for values in named if "フォルダー" in values)
    return {"shares": shares or None, "share-paths": paths or None, "face": profile.his.paths.face}


def _call(profile: TerminalProfile) -> str | None:
    """Whom to call, in one line: company, engineer and phone, without names that have no room. At the fingerprint all stand whole."""
    vendor = profile.vendor
    if vendor is None:
        return None
    names = [name for name in (vendor.company, vendor.engineer) if name]
    while sum(map(len, names)) > LINE:
        names.pop()
    return "　".join(part for part in (*names, vendor.phone) if part) or None
