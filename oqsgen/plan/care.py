"""What the settings of a terminal ask of the clinic from day to day: a sentence each, for the results page."""

from collections.abc import Iterator

from oqsgen.clinic import TerminalProfile


def care(profile: TerminalProfile) -> Iterator[str]:
    """Power, restart and updates of this terminal, as they were decided.

    Source: 資格確認端末のセットアップ, 操作3 and P.50 (the terminal's power is left on where it restarts by itself).
    """
    update = profile.windows_update
    if profile.reboot_time:
        told = f"電源は夜も切らないでください。毎日 {profile.reboot_time} に再起動します"
        yield (
            f"{told}。"
            if update.mode != "auto"
            else (f"{told}。Windows は毎日 {update.hour:02}:00 に更新されます。")
        )
    else:
        yield "電源は毎日切り、使う前に入れてください。再起動の知らせが出たら、診療時間の外に再起動します。"
    if update.mode != "auto":
        yield "Windows Update は、施設の方が手動で行います。"
