"""What several subjects set and read of Windows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from oqsgen.plan.kind import Action, kind

FILE = kind("file", "machine user", target="path", wanted="exists minimumVersion", changes=False)
"""A file that an installer brings: whether it is there, and its version."""


GUIDED = kind("guided", "user", target="", wanted="", changes=False)
"""A step that a person does while the tool shows it and opens the window."""


MANUAL = kind("manual", "machine user", target="", wanted="", changes=False)
"""A step that a person does by hand."""


NAME = kind(
    "name", "machine user", target="host", wanted="minimumAddresses maximumAddresses", changes=False
)
"""How many addresses a host name resolves to."""


def name_resolves(host: str) -> Action:
    """``host`` has at least one address."""
    return NAME.action({"host": host}, {"minimumAddresses": 1})


NAMES = kind("names", "machine user", target="hosts", wanted="missing", changes=False)
"""Host names that all resolve."""


def names_resolve(hosts: Sequence[str]) -> Action:
    """Each of ``hosts`` has an address."""
    return NAMES.action({"hosts": list(hosts)}, {"missing": []})


POLICY = kind("policy", "machine", target="key", wanted="values")
"""Values below one key of the local group policy (computer configuration).

Written to both stores, Registry.pol and the registry, so that gpedit shows them too. Source: MS-GPREG.
"""


def policy_dwords(key: str, values: Mapping[str, int]) -> Action:
    """Each name of ``values`` below HKLM\\``key`` is that REG_DWORD."""
    data = {name: {"type": "DWord", "data": number} for name, number in values.items()}
    return POLICY.action({"key": key}, {"values": data})


PORT = kind("port", "machine user", target="host port", wanted="open", changes=False)
"""A TCP port that answers."""


def port_answers(host: str, port: int) -> Action:
    """``host`` accepts a connection on TCP ``port``."""
    return PORT.action({"host": host, "port": port}, {"open": True})


REACH = kind("reach", "machine user", target="places", wanted="reached unreachable", changes=False)
"""Places that answer, straight or by a proxy. Source: CONNECT, RFC 9110 section 9.3.6."""


def reached(places: Iterable[tuple[str, int, str]]) -> Action:
    """Each place (host, TCP port, proxy as ``host:port`` or empty) can be connected to."""
    return REACH.action(_places(places), {"unreachable": []})


def one_reached(places: Iterable[tuple[str, int, str]]) -> Action:
    """At least one of the places can be connected to."""
    return REACH.action(_places(places), {"reached": 1})


def _places(places: Iterable[tuple[str, int, str]]) -> dict[str, object]:
    return {"places": [{"host": host, "port": port, "proxy": way} for host, port, way in places]}


REGISTRY = kind("registry", "machine user", target="hive key name", wanted="type data")
"""One value of the registry, in the 64-bit view. Source: RegistryValueKind."""


Hive = Literal["HKLM", "HKCU"]


def registry_dword(hive: Hive, key: str, name: str, data: int) -> Action:
    """The value ``name`` of ``key`` is the REG_DWORD ``data``."""
    return REGISTRY.action(
        {"hive": hive, "key": key, "name": name}, {"type": "DWord", "data": data}
    )


def registry_absent(hive: Hive, key: str, name: str) -> Action:
    """``key`` has no value ``name``."""
    return REGISTRY.action({"hive": hive, "key": key, "name": name}, None)


RESTART = kind("restart", "machine", target="boot", wanted="done")
"""Restarting Windows; the same launcher then goes on."""


def restarted() -> Action:
    """Windows was restarted after this step was first reached."""
    return RESTART.action({"boot": "pc"}, {"done": True})


TASK = kind("task", "machine", target="path name", wanted="xml")
"""A task of the Task Scheduler. Source: Task Scheduler schema, MS-TSCH."""


def task_registered(name: str, xml: str) -> Action:
    """The task ``name`` in the root folder is as ``xml`` says.

    A ``UserId`` in it is an account's name; the PC puts that account's SID in its place.
    """
    return TASK.action({"path": "\\", "name": name}, {"xml": xml})


TASK_RUN = kind(
    "task-run", "machine", target="path name", wanted="sinceBoot succeeded", changes=False
)
"""Whether a task that Windows starts ran at the last start of Windows."""


def task_ran_since_boot(name: str) -> Action:
    """The task's last run was after the start of Windows, and it succeeded or still runs."""
    return TASK_RUN.action({"path": "\\", "name": name}, {"sinceBoot": True, "succeeded": True})


TYPED_CODE = kind("typed-code", "user", target="asks", wanted="code", changes=False)
"""A code that a person reads from paper or a screen, types, and the PC compares."""


def code_compared(asks: str, code: str) -> Action:
    """What is typed when ``asks`` is asked for is ``code``; for a guided setting."""
    return TYPED_CODE.action({"asks": asks}, {"code": code})


USER = kind("user", "machine", target="name", wanted="enabled administrator passwordNeverExpires")
"""A local account of this PC.

Source: Microsoft.PowerShell.LocalAccounts; well-known SID S-1-5-32-544 (Administrators).
"""


def administrator(name: str) -> Action:
    """An enabled administrator called exactly ``name``; made where missing, never reset."""
    wanted = {"enabled": True, "administrator": True, "passwordNeverExpires": True}
    return USER.action({"name": name}, wanted)


def standard_user(name: str) -> Action:
    """An enabled standard user called ``name``; made where missing, never reset."""
    wanted = {"enabled": True, "administrator": False, "passwordNeverExpires": True}
    return USER.action({"name": name}, wanted)


VENDOR_TASK = kind("vendor-task", "machine", target="path name file", wanted="account delay")
"""A task that an application's installer brings as an XML file for the Task Scheduler."""


def vendor_task_imported(folder: str, name: str, account: str, delay: str | None = None) -> Action:
    """The task ``name`` is registered as ``folder\\name.xml`` says, run as ``account``.

    ``delay`` (``PT1M``) delays its triggers; None leaves them as they are.
    """
    target = {"path": "\\", "name": name, "file": f"{folder}\\{name}.xml"}
    return VENDOR_TASK.action(target, {"account": account, "delay": delay})
