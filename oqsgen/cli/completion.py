"""``oqsgen completion``: the script by which a shell completes commands, options and ids."""

import click

from oqsgen.cli import click_ja
from oqsgen.cli.console import OK, write

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_OQSGEN_COMPLETE"
"""In which the shell's script says what it asks for; the name is click's."""


@click.command(cls=click_ja.Command, options_metavar="[オプション]")
@click.argument("shell", metavar="SHELL", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Tab キーで補うためのスクリプトを出します（bash、zsh、fish、powershell）。読み込み方は README にあります。"""
    from click.shell_completion import ShellComplete, get_completion_class

    in_ascii()
    of_shell = get_completion_class(shell)
    assert of_shell is not None, shell
    # Not its own ``source``: that of bash looks for a bash here, and speaks English where there is none.
    script = ShellComplete.source(of_shell(context.find_root().command, {}, "oqsgen", VARIABLE))
    write(*script.strip().splitlines())
    return OK


def in_ascii() -> None:
    """Let PowerShell be told words alone: it reads a program's output in the code page of the console."""
    from click.shell_completion import CompletionItem, PowerShellComplete, add_completion_class

    class InAscii(PowerShellComplete):
        """Completion without the texts of help."""

        def format_completion(self, item: "CompletionItem[str]") -> str:
            return super().format_completion(CompletionItem(item.value, item.type))

    add_completion_class(InAscii)
