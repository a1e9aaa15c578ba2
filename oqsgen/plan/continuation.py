"""What opens the copy's launcher by itself after a sign-in, as data of the plan: changes that are journaled and undone, but no steps.

Texts between two @ are holes, which the PC fills.
"""

from typing import Any, Final

STEP: Final = "continuation"
RUN_ONCE: Final = r"Software\Microsoft\Windows\CurrentVersion\RunOnce"

_TASK: Final = """\
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\
<RegistrationInfo><Description>オンライン資格確認端末の設定の続き（1 回だけ）@call@</Description></RegistrationInfo>\
<Triggers><LogonTrigger>@until@<Enabled>true</Enabled><UserId>@account@</UserId></LogonTrigger></Triggers>\
<Principals><Principal id="Author"><UserId>@account@</UserId><LogonType>InteractiveToken</LogonType>\
<RunLevel>LeastPrivilege</RunLevel></Principal></Principals>\
<Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\
<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries><StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\
<AllowStartOnDemand>false</AllowStartOnDemand><Enabled>true</Enabled><ExecutionTimeLimit>PT0S</ExecutionTimeLimit>\
<Priority>5</Priority>@expires@</Settings>\
<Actions Context="Author"><Exec><Command>@program@</Command><Arguments>@arguments@</Arguments>\
<WorkingDirectory>@folder@</WorkingDirectory></Exec></Actions></Task>"""


def continuation(newest: str) -> dict[str, Any]:
    """``run``: the next sign-in of whoever is signed in. ``task``: the first one of OqsComApp.

    ``newest``: a day, as 2026-11-21, before which no clock that is right can be.
    """
    return {
        "newest": newest,
        "run": {
            "id": STEP,
            "title": "次のサインインで続きを開くこと",
            "kind": "registry",
            "scope": "user",
            "how": "apply",
            "restart": False,
            "target": {"hive": "HKCU", "key": RUN_ONCE, "name": "oqsgen"},
            "wanted": {"type": "String", "data": "@command@"},
        },
        "task": {
            "id": STEP,
            "title": "最初のサインインで続きを開くこと",
            "kind": "task",
            "scope": "machine",
            "how": "apply",
            "restart": False,
            "target": {"path": r"\oqsgen", "name": "続き"},
            "wanted": {"xml": _TASK},
        },
    }
