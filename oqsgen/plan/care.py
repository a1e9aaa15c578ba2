"""What the settings of a terminal ask of the clinic from day to day: a sentence each, for the results page."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from oqsgen.clinic import TerminalProfile


@dataclass(frozen=True)
class Care:
    """``steps``: ids of those that make it so; while one of the plan's is open, nobody says it."""

    text: str
    steps: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def care(profile: TerminalProfile) -> Iterator[Care]:
    """Power, restart and updates of this terminal, as they were decided.

    Source: 資格確認端末のセットアップ, 操作3 and P.50 (the terminal's power is left on where it restarts by itself).
    """
    update = profile.windows_update
    if profile.reboot_time:
        yield Care("電源は夜も切らないでください。")
        yield Care(
            f"毎日 {profile.reboot_time} に再起動します。", ("daily-restart", "daily-restart-time")
        )
        if update.mode == "auto":
            yield Care(f"Windows は毎日 {update.hour:02}:00 に更新されます。", ("windows-update",))
    else:
        yield Care(
            "電源は毎日切り、使う前に入れてください。再起動の知らせが出たら、診療時間の外に再起動します。"
        )
    if update.mode != "auto":
        yield Care("Windows Update は、施設の方が手動で行います。")
