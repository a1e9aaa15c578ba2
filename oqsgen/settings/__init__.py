"""The settings: what the tool sets or checks by itself, one file an area of the manual."""

from oqsgen.settings import (
    a0_windows,
    op01_account,
    op02_restart,
    op03_display,
    op03_proxy,
    op03_restart,
    op03_sleep,
    op03_time,
    op03_windows_update,
)
from oqsgen.settings.setting import Setting

__all__ = ["SETTINGS", "Setting"]

SETTINGS: tuple[Setting, ...] = (
    *a0_windows.SETTINGS,
    *op01_account.SETTINGS,
    *op02_restart.SETTINGS,
    *op03_proxy.SETTINGS,
    *op03_sleep.SETTINGS,
    *op03_time.SETTINGS,
    *op03_restart.SETTINGS,
    *op03_windows_update.SETTINGS,
    *op03_display.SETTINGS,
)
