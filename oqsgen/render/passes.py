"""The passes of a bundle, and the launcher that a person opens for each."""

from typing import Final

PASSES: Final = {"Apply": "1_適用.cmd", "Verify": "2_確認.cmd", "Rollback": "3_元に戻す.cmd"}


def pass_title(mode: str) -> str:
    """A pass as people call it: its launcher as Explorer shows it. Of one that is none, ``mode`` itself."""
    return PASSES.get(mode, mode).removesuffix(".cmd")
