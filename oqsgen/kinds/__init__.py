"""The kinds: one Python file here and one PowerShell file of the same name each."""

from oqsgen.kinds import (
    bypass_text,
    clock,
    display,
    file,
    guided,
    manual,
    name,
    policy,
    port,
    power,
    power_line,
    proxy,
    registry,
    restart,
    sign_in,
    task,
    task_history,
    task_time,
    time,
    update_errors,
    update_mode,
    update_window,
    uptime,
    user,
    windows,
    winhttp,
)
from oqsgen.kinds.kind import Action, Kind

__all__ = ["KINDS", "Action", "Kind"]

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        bypass_text,
        clock,
        display,
        file,
        guided,
        manual,
        name,
        policy,
        port,
        power,
        power_line,
        proxy,
        registry,
        restart,
        sign_in,
        task,
        task_history,
        task_time,
        time,
        update_errors,
        update_mode,
        update_window,
        uptime,
        user,
        windows,
        winhttp,
    )
}
