"""What is set and read of the 連携アプリケーション."""

from collections.abc import Sequence

from oqsgen.plan.kind import DONE, THERE, Action, Field, Kind, Wording

ENCRYPT_CONF = Kind(
    "encrypt-conf",
    "The files that say whether 連携アプリケーション encrypts what it exchanges: only read.",
    target=(
        Field("folder", "where they are"),
        Field("credential", "name of the person's credential that encrypting needs"),
    ),
    wanted=(
        Field(
            "key",
            "what each file says: `e` (encrypts) or `n`",
            label="暗号化識別ファイルの key",
            wording=Wording(at="main"),
        ),
    ),
    found=(
        Field("main", "what encrypt.conf says, where it is there"),
        Field(
            "face",
            "what encrypt_face.conf says, where it is there",
            label="顔認証の暗号化識別ファイルの key",
        ),
        Field(
            "credential",
            "whether the credential is there",
            label="資格情報 OQS_CRYPT_PASS",
            wording=Wording(words=THERE, always=(True,)),
        ),
    ),
    source="field",
    scopes=("user",),
    thing="暗号化識別ファイル",
    remedy="連携アプリケーションの暗号化の設定と、資格情報 OQS_CRYPT_PASS の登録を確かめてください。",
)


def encrypt_conf_says(folder: str, credential: str, *, encrypts: bool) -> Action:
    """Each file says ``e`` or ``n``, and where it says ``e`` the credential is there."""
    target = {"folder": folder, "credential": credential}
    return ENCRYPT_CONF.action(target, {"key": "e" if encrypts else "n"})


_RESTARTED = (
    Field(
        "restarted",
        "whether it was started after the last change of its credentials",
        ours=True,
        label="変更の後の連携アプリケーションの再起動",
        wording=Wording(words=DONE),
    ),
)

LINKAGE_RESTART = Kind(
    "linkage-restart",
    "Restarting 連携アプリケーション after its credentials were changed; nothing to undo.",
    target=(Field("folder", "where the application is"),),
    wanted=_RESTARTED,
    found=_RESTARTED,
    source="almex ⑨",
    scopes=("machine",),
    thing="連携アプリケーション",
)


def linkage_restarted(folder: str) -> Action:
    """The application in ``folder`` was started after the last change of its credentials."""
    return LINKAGE_RESTART.action({"folder": folder}, {"restarted": True})


_RUNS = (
    Field(
        "running",
        "whether a program of the folder or the task `start` runs",
        label="連携アプリケーション",
        wording=Wording(words={"true": "動いている", "false": "動いていません"}),
    ),
    Field(
        "ready",
        "whether all `tasks` are there and on",
        label="連携アプリケーションのタスク",
        wording=Wording(words={"true": "有効", "false": "登録されていないか無効"}),
    ),
)

LINKAGE_RUNNING = Kind(
    "linkage-running",
    "Whether 連携アプリケーション runs.",
    target=(
        Field("folder", "where the application is"),
        Field("start", "name of the task that starts it"),
        Field("tasks", "names of the tasks that it needs"),
    ),
    wanted=_RUNS,
    found=_RUNS,
    source="setup P.49",
    scopes=("machine",),
    thing="連携アプリケーション",
    cause="タスクが止められたか、アプリが終了した",
    remedy="端末を再起動しても動かないときは、アプリを入れ直してください。",
)


def linkage_running(folder: str, start: str, tasks: Sequence[str]) -> Action:
    """A program below ``folder`` or the task ``start`` runs, and all ``tasks`` are switched on."""
    target = {"folder": folder, "start": start, "tasks": list(tasks)}
    return LINKAGE_RUNNING.action(target, {"running": True, "ready": True})
