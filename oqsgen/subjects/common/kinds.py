"""What several subjects set and read of Windows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from oqsgen.plan.kind import DONE, ENABLED, THERE, Action, Field, Kept, Kind, Wording

_EXISTS = Field("exists", "true: it is there", label="ファイル", wording=Wording(words=THERE))

FILE = Kind(
    "file",
    "A file that an installer brings: whether it is there, and its version.",
    target=(Field("path", "where it is"),),
    wanted=(
        _EXISTS,
        Field(
            "minimumVersion",
            "version that it states at least",
            label="版",
            wording=Wording(at="version", bound=" 以上"),
        ),
    ),
    found=(_EXISTS, Field("version", "version that it states, or null")),
    source="setup P.36; version resource of a program, or the first version in a short text",
    thing="ファイル",
    remedy="ポータルから取ったインストーラーで、アプリを入れるか、新しい版にしてください。",
)


GUIDED = Kind(
    "guided",
    "A step that a person does while the tool shows it and opens the window.",
    target=(),
    wanted=(),
    found=(),
    scopes=("user",),
)


MANUAL = Kind(
    "manual",
    "A step that a person does by hand.",
    target=(),
    wanted=(),
    found=(),
)


_MISSING = (Field("missing", "those that have no address", label="解決できない名前"),)

NAMES = Kind(
    "names",
    "Host names that all resolve; unknown where none does.",
    target=(Field("hosts", "the names"),),
    wanted=_MISSING,
    found=_MISSING,
    source="distro-check P.6",
    thing="名前の解決",
    cause="ルーターの DNS の設定、または回線の障害",
    remedy="その名前の DNS の転送や設定を確かめてください。",
)


def names_resolve(hosts: Sequence[str]) -> Action:
    """Each of ``hosts`` has an address."""
    return NAMES.action({"hosts": list(hosts)}, {"missing": []})


POLICY = Kind(
    "policy",
    "Values below one key of the local group policy (computer configuration). "
    "Written to both stores, Registry.pol and the registry, so that gpedit shows them too.",
    target=(Field("key", "the key, below HKLM"),),
    wanted=(
        Field(
            "values",
            "type (RegistryValueKind) and data by name; null: no such value",
            label="ポリシーの値",
            wording=Wording(at="registry"),
        ),
    ),
    found=(
        Field("file", "the key in Registry.pol: name, type and bytes of each value", ours=True),
        Field("registry", "the key: name, type and data of each value; null without it", ours=True),
        Field("exists", "where the key is absent: deepest key above it that exists"),
        Field("unread", "true: gpt.ini does not name the registry", sometimes=True),
    ),
    source="MS-GPREG",
    scopes=("machine",),
    thing="グループ ポリシー",
    cause="ほかの担当者か、管理のソフトが変えた",
)


def policy_dwords(key: str, values: Mapping[str, int | None]) -> Action:
    """Each name of ``values`` below HKLM\\``key`` is that REG_DWORD; of None there is none."""
    data = {
        name: None if number is None else {"type": "DWord", "data": number}
        for name, number in values.items()
    }
    return POLICY.action({"key": key}, {"values": data})


_UNREACHABLE = Field(
    "unreachable", "those that cannot be connected to", "host:port", label="つながらない接続先"
)

REACH = Kind(
    "reach",
    "Places that answer, straight or by a proxy; unknown where nothing does.",
    target=(Field("places", "of each: host, port, proxy (host:port; empty: straight)"),),
    wanted=(
        Field(
            "reached",
            "how many at least",
            label="つながった接続先",
            wording=Wording(unit=" 件", bound="以上"),
        ),
        _UNREACHABLE,
    ),
    found=(Field("reached", "how many can be connected to"), _UNREACHABLE),
    source="CONNECT, RFC 9110 section 9.3.6",
    thing="接続先",
    cause="回線の障害、LAN ケーブル、プロキシの変更",
    remedy="回線と機器の接続、プロキシの設定を確かめてください。",
)


def reached(endpoints: Iterable[tuple[str, int, str]]) -> Action:
    """Each endpoint (host, TCP port, proxy as ``host:port`` or empty) can be connected to."""
    return REACH.action(_endpoint_target(endpoints), {"unreachable": []})


def one_reached(endpoints: Iterable[tuple[str, int, str]]) -> Action:
    """At least one of the endpoints can be connected to."""
    return REACH.action(_endpoint_target(endpoints), {"reached": 1})


def _endpoint_target(endpoints: Iterable[tuple[str, int, str]]) -> dict[str, object]:
    return {"places": [{"host": host, "port": port, "proxy": way} for host, port, way in endpoints]}


_VALUE = (
    Field("type", "RegistryValueKind", ours=True, label="値の種類"),
    Field("data", "as stored: unexpanded, binary data as a list of bytes", ours=True, label="値"),
)

REGISTRY = Kind(
    "registry",
    "One value of the registry, in the 64-bit view.",
    target=(
        Field("hive", "`HKLM` or `HKCU`"),
        Field("key", "path of the key"),
        Field("name", "name of the value"),
    ),
    wanted=_VALUE,
    found=(
        *_VALUE,
        Field("absent", "true, in the place of both where there is no such value", ours=True),
        Field("exists", "with `absent`: deepest key that exists, at or above it"),
    ),
    source="RegistryValueKind",
    thing="レジストリの値",
    cause="ほかの担当者かソフト、または Windows の更新が変えた",
)


Hive = Literal["HKLM", "HKCU"]


def registry_dword(hive: Hive, key: str, name: str, data: int) -> Action:
    """The value ``name`` of ``key`` is the REG_DWORD ``data``."""
    return REGISTRY.action(
        {"hive": hive, "key": key, "name": name}, {"type": "DWord", "data": data}
    )


def registry_absent(hive: Hive, key: str, name: str) -> Action:
    """``key`` has no value ``name``."""
    return REGISTRY.action({"hive": hive, "key": key, "name": name}, None)


_DONE = (
    Field(
        "done",
        "whether Windows was started after our last change",
        label="変更の後の再起動",
        wording=Wording(words=DONE),
    ),
)

RESTART = Kind(
    "restart",
    "Restarting Windows; the same launcher then goes on.",
    target=(Field("boot", "always `pc`"),),
    wanted=_DONE,
    found=_DONE,
    source="setup P.5, almex ⑨",
    scopes=("machine",),
    waits=True,
    thing="再起動",
    remedy="Windows を再起動してください。",
)


def restarted() -> Action:
    """Windows was restarted after this step was first reached."""
    return RESTART.action({"boot": "pc"}, {"done": True})


NAMED_TASK = (
    Field(
        "path",
        "folder of the Task Scheduler: `\\`; or one of ours, which has an access list of ours and goes with its last task",
    ),
    Field("name", "name of the task"),
)
_XML = Field("xml", "its definition as Windows gives it", "Task Scheduler schema", ours=True)
_STORED = Kept(
    "the Task Scheduler, with the task",
    "its last run was not let in (0x8007052E and the like): `refused`",
)
_ENABLED = Field(
    "enabled",
    "whether it is on",
    label="タスク",
    wording=Wording(words=ENABLED, always=(True,)),
)
_REFUSED = Field(
    "refused",
    "true: its last run says that the password stored with it is wrong",
    label="保存されたパスワード",
    wording=Wording(words={"true": "違っている", "false": "合っている"}, always=(False, None)),
)

TASK = Kind(
    "task",
    "A task of the Task Scheduler.",
    target=NAMED_TASK,
    wanted=(
        Field(
            "xml", "its definition, accounts by name", "Task Scheduler schema", label="タスクの内容"
        ),
    ),
    found=(_XML, _ENABLED, _REFUSED),
    source="Task Scheduler schema, MS-TSCH",
    scopes=("machine",),
    keeps=(_STORED,),
    thing="タスク",
    cause="タスク スケジューラで変えられたか、消された",
)


def task_registered(name: str, xml: str) -> Action:
    """The task ``name`` in the root folder is as ``xml`` says.

    A ``UserId`` in it is an account's name; the PC puts that account's SID in its place.
    """
    return TASK.action({"path": "\\", "name": name}, {"xml": xml})


_RAN = (
    Field(
        "sinceBoot",
        "whether its last run was after the start of Windows",
        label="起動してからの実行",
        wording=Wording(words={"true": "された", "false": "されていない"}),
    ),
    Field(
        "succeeded",
        "whether that run gave 0, or goes on",
        label="前回の実行",
        wording=Wording(words={"true": "成功", "false": "失敗"}),
    ),
)

TASK_RUN = Kind(
    "task-run",
    "Whether a task that Windows starts ran at the last start of Windows; "
    "unknown before its first run and in the first ten minutes.",
    target=NAMED_TASK,
    wanted=_RAN,
    found=(
        *_RAN,
        Field(
            "result",
            "what the run gave",
            "HRESULT",
            label="前回の実行結果",
            wording=Wording(
                form="result",
                always=(
                    0,
                    267009,
                ),
            ),
        ),
    ),
    source="SCHED_S_TASK_RUNNING of the Task Scheduler; distro-check P.11",
    scopes=("machine",),
    thing="タスク",
    cause="アカウントのパスワードが変わった、または夜に電源が切られている",
    remedy="タスク スケジューラで、このタスクの「前回の実行結果」と、実行するアカウントのパスワードを確かめてください。",
)


def task_ran_since_boot(name: str) -> Action:
    """The task's last run was after the start of Windows, and it succeeded or still runs."""
    return TASK_RUN.action({"path": "\\", "name": name}, {"sinceBoot": True, "succeeded": True})


TYPED_CODE = Kind(
    "typed-code",
    "A code that a person reads from paper or a screen, types, and the PC compares.",
    target=(Field("asks", "what the person is asked for"),),
    wanted=(
        Field("code", "what it has to be", label="入力したコード", wording=Wording(form="digits")),
    ),
    found=(Field("code", "what was typed; remembered once it was right"),),
    source="almex ①, ⑦, 補足①",
    scopes=("user",),
    thing="入力したコード",
    remedy="通知書と、この一式の施設が同じかどうかを確かめ、入力し直してください。",
)


def code_compared(asks: str, code: str) -> Action:
    """What is typed when ``asks`` is asked for is ``code``; for a guided setting."""
    return TYPED_CODE.action({"asks": asks}, {"code": code})


_ACCOUNT = (
    Field(
        "enabled", "whether it is on", ours=True, label="アカウント", wording=Wording(words=ENABLED)
    ),
    Field(
        "administrator",
        "whether it is in the group Administrators",
        ours=True,
        label="アカウントの種類",
        wording=Wording(words={"true": "管理者", "false": "標準ユーザー"}),
    ),
    Field(
        "passwordNeverExpires",
        "whether its password never expires",
        ours=True,
        label="パスワードの期限",
        wording=Wording(words={"true": "無期限", "false": "期限あり"}),
    ),
)

USER = Kind(
    "user",
    "A local account of this PC; made where it is missing, its password never reset.",
    target=(Field("name", "exact name"),),
    wanted=_ACCOUNT,
    found=(
        *_ACCOUNT,
        Field(
            "users",
            "whether it is in the group Users",
            label="Users グループ",
            wording=Wording(words={"true": "入っている", "false": "入っていない"}, always=(True,)),
        ),
        Field(
            "accountExpires",
            "when the account expires, or null",
            "s since 1970",
            label="アカウントの期限",
            wording=Wording(words={"null": "なし"}, form="set", always=(None,)),
        ),
        Field("sid", "which account it is", "SID", ours=True),
        Field(
            "name",
            "its name where upper or lower case differs",
            sometimes=True,
            label="アカウント名の大文字と小文字",
            wording=Wording(always=(None,)),
        ),
        Field(
            "unprotected",
            "true: it has no password",
            label="パスワード",
            wording=Wording(words={"true": "なし", "false": "あり"}, always=(False, None)),
        ),
    ),
    source="Microsoft.PowerShell.LocalAccounts; S-1-5-32-544 (Administrators), -545 (Users)",
    scopes=("machine",),
    keeps=(
        Kept(
            "the account",
            "a network logon with an empty password is not refused as wrong: `unprotected`; "
            "a typed one that is",
        ),
    ),
    thing="アカウント",
    cause="アカウントの設定が変えられた",
)


def administrator(name: str) -> Action:
    """An enabled administrator called exactly ``name``; made where missing, never reset."""
    wanted = {"enabled": True, "administrator": True, "passwordNeverExpires": True}
    return USER.action({"name": name}, wanted)


def standard_user(name: str) -> Action:
    """An enabled standard user called ``name``; made where missing, never reset."""
    wanted = {"enabled": True, "administrator": False, "passwordNeverExpires": True}
    return USER.action({"name": name}, wanted)


VENDOR_TASK = Kind(
    "vendor-task",
    "A task that an application's installer brings as an XML file for the Task Scheduler.",
    target=(*NAMED_TASK, Field("file", "path of the XML file")),
    wanted=(
        Field("account", "name of the account that it runs as", label="タスクを実行するアカウント"),
        Field(
            "delay",
            "of the triggers that can have one; null: as it is",
            "xs:duration",
            label="タスクの遅延",
        ),
        Field(
            "mayBeOff",
            "true: switched off is right as well",
            label="タスク",
            wording=Wording(words=ENABLED),
        ),
    ),
    found=(_XML, _ENABLED, Field("file", "path of the XML file"), _REFUSED),
    source="setup P.33-35; Task Scheduler schema",
    scopes=("machine",),
    keeps=(_STORED,),
    thing="タスク",
)


def vendor_task_imported(
    folder: str, name: str, account: str, delay: str | None = None, *, may_be_off: bool = False
) -> Action:
    """The task ``name`` is registered as ``folder\\name.xml`` says, run as ``account``.

    ``delay`` (``PT1M``) delays its triggers; None leaves them as they are. ``may_be_off``: somebody
    may have switched it off since.
    """
    target = {"path": "\\", "name": name, "file": f"{folder}\\{name}.xml"}
    wanted = {"account": account, "delay": delay} | ({"mayBeOff": True} if may_be_off else {})
    return VENDOR_TASK.action(target, wanted)
