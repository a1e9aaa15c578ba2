"""操作6: the client certificate, from the file to its last day."""

from datetime import date, timedelta

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.rows import row
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.resources import spec
from oqsgen.subjects.certificate import kinds
from oqsgen.subjects.common import kinds as common

BACKUP_FOLDERS = dict(row("cert-backup").values)
ISSUER = dict(row("cert-verify").values)["発行者"]

SUCCESSION_DAYS: int = spec("schedule")["old_certificate_days"]


def _count(profile: TerminalProfile) -> int:
    """One certificate a code (almex, 医科歯科併設)."""
    return 1 + len(profile.facility.more_codes)


def _succeeds(profile: TerminalProfile) -> bool:
    return profile.job.succession is not None


def _folder(profile: TerminalProfile) -> str:
    """Where the copy lies on the desktop: the manual's folder has NTT East's name."""
    owner = "NTT東日本" if "east" in profile.facts else "ほかの事業者"
    return BACKUP_FOLDERS[f"フォルダーの名前（{owner}）"]


def _ready(profile: TerminalProfile) -> Action:
    folder, count = _folder(profile), _count(profile)
    return kinds.files_at_hand(profile.facility.code, folder, count, newer=_succeeds(profile))


def _import(profile: TerminalProfile) -> Action:
    return kinds.imported(profile.facility.code, _count(profile), chosen=_succeeds(profile))


def _until(profile: TerminalProfile, day: date | None) -> Action:
    return kinds.deadline_met("download", day, profile.facility.code, newer=_succeeds(profile))


def _last_day_of_download(profile: TerminalProfile) -> Action | None:
    if profile.download_deadline is None:
        return None
    return _until(profile, profile.download_deadline)


def _typed_last_day(profile: TerminalProfile) -> Action | None:
    if profile.download_deadline is not None:
        return None
    return _until(profile, None)


def _last_day_of_old(profile: TerminalProfile) -> Action | None:
    succession = profile.job.succession
    if succession is None or succession.date is None:
        return None
    day = succession.date + timedelta(days=SUCCESSION_DAYS)
    return kinds.deadline_met("succession", day, profile.facility.code, newer=True)


def _of_notice(profile: TerminalProfile) -> Values:
    """What tells the notice of this terminal from another one's."""
    name, day = profile.terminal.certificate_for, profile.download_deadline
    return (
        *([("通知書の端末名称", name)] if name else []),
        *([("ダウンロード有効期限", day.strftime("%Y/%m/%d"))] if day else []),
    )


def _day_of_old(profile: TerminalProfile) -> Values:
    assert profile.job.succession and profile.job.succession.date
    first = profile.job.succession.date
    last = first + timedelta(days=SUCCESSION_DAYS)
    return (("承継日", first.strftime("%Y/%m/%d")), ("期限", last.strftime("%Y/%m/%d")))


def _to_download(profile: TerminalProfile) -> Values:
    more = (("枚数", f"{_count(profile)}枚（医療機関等コードごとに1枚）"),)
    return (*row("cert-download").values, *(more if _count(profile) > 1 else ()))


def _held(profile: TerminalProfile) -> Values:
    return (("発行者", ISSUER), ("枚数", f"{_count(profile)}枚"))


SETTINGS = (
    Setting(
        id="certificate-prepared",
        rows=("pre-cert-own",),
        action=_ready,
    ),
    Setting(
        id="certificate-notice",
        rows=("cert-notice-check",),
        action=lambda profile: common.code_compared(
            "通知書の発行先の医療機関等コード（10桁）", profile.facility.code
        ),
        values=lambda profile: (("新しい医療機関等コード", profile.facility.code),),
    ),
    Setting(
        id="certificate-download-day",
        rows=("cert-download-deadline",),
        action=_last_day_of_download,
        values=_of_notice,
    ),
    Setting(
        id="certificate-download-day-typed",
        rows=("cert-download-deadline",),
        action=_typed_last_day,
        values=_of_notice,
        what="通知書に書かれた証明書ダウンロードサイト有効期限を画面で入力します。"
        "過ぎていないことを、この PC の日付と比べます。電子証明書の有効期間とは別の期限です。",
        how="guided",
        unlike_row="The day is printed on a paper that only the person has.",
    ),
    Setting(
        id="certificate-download",
        rows=(
            "cert-download",
            "cert-urls",
            "cert-download-shortcut",
            "cert-password-default",
            "cert-password-east",
        ),
        action=_ready,
        values=_to_download,
    ),
    Setting(
        id="certificate-import",
        rows=(
            "cert-import",
            "cert-password-default",
            "cert-password-east",
            "cert-newest-p12",
            "cert-opt-strong",
            "cert-opt-exportable",
            "cert-opt-extended",
        ),
        action=_import,
        values=lambda profile: (
            ("保存場所", "現在のユーザー"),
            ("証明書ストア", "証明書の種類に基づいて、自動的に証明書ストアを選択する"),
            ("秘密キーの保護を強力にする", "チェックなし"),
            ("このキーをエクスポート可能にする", "チェックなし"),
            ("すべての拡張プロパティを含める", "チェックあり"),
            *_held(profile),
        ),
    ),
    Setting(
        id="certificate-root",
        rows=("cert-root-yes",),
        action=lambda profile: kinds.root_registered(),
    ),
    Setting(
        id="certificate-backup",
        rows=("cert-backup",),
        action=lambda profile: kinds.backup_copied(profile.facility.code, _folder(profile)),
        values=lambda profile: (("フォルダーの名前", _folder(profile)),),
    ),
    Setting(
        id="certificate-medium",
        rows=("cert-backup", "cert-label"),
        how="guided",
        unlike_row="The copy on the desktop is the PC's work; the medium and the label are a person's, and asked about together.",
        title="施設の媒体への電子証明書の保存とラベル",
        what="電子証明書を入れた端末に、サーバー名称等のラベルを貼り、判別できるようにします。施設の媒体（USB メモリー等の外部記録媒体）を挿します。この PC が、デスクトップのフォルダーから *.p12 を写し、"
        "同じ内容であることを比べます。端末が故障したときに新しいPCへ入れるために要ること、無くすと再発行の申請と発行手数料が要ることを、施設の方に説明します。",
        check="施設の媒体に *.p12 があり、端末の見える所にラベルがある。",
        action=lambda profile: kinds.saved_on_medium(_folder(profile)),
        values=lambda profile: (("写すフォルダー", _folder(profile)),),
    ),
    Setting(
        id="certificate-old",
        rows=("cert-old-delete",),
        action=lambda profile: kinds.old_retired(profile.facility.code),
    ),
    Setting(
        id="certificate-usable",
        rows=(
            "cert-verify",
            "login-no-cert-dialog",
            "ops-cert-not-deleted",
            "two-certs-med-dental",
        ),
        action=lambda profile: kinds.usable(_count(profile), renewals=not _succeeds(profile)),
        values=_held,
    ),
    Setting(
        id="certificate-noted",
        rows=("cert-shared-forbidden",),
        action=lambda profile: kinds.noted(),
    ),
    Setting(
        id="certificate-files-left",
        rows=("cert-files-left",),
        how="guided",
        unlike_row="The PC deletes what it has imported, once a person says so.",
        action=lambda profile: kinds.files_left(profile.facility.code, _folder(profile)),
    ),
    Setting(
        id="certificate-expiry",
        rows=("cert-expiry",),
        action=lambda profile: kinds.not_ended(_count(profile)),
    ),
    Setting(
        id="certificate-old-day",
        rows=("cert-120days",),
        action=_last_day_of_old,
        values=_day_of_old,
    ),
)
