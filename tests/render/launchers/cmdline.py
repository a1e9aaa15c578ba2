"""What cmd.exe makes of a launcher, as far as the launchers go: percent signs, quotes, carets.

The rules are cmd.exe's own, in its order: ``%`` first, then quotes and ``^``, then the program
splits its command line as CommandLineToArgvW does. ``test_launchers_wine.py`` compares this with a
real cmd.exe.
"""

import re

SPECIAL = set("&|<>()@")


def logical_lines(launcher: str) -> list[str]:
    """The lines as cmd.exe reads them: a caret at the end takes the next line in."""
    return launcher.replace("^\r\n", "").split("\r\n")


def expand(line: str, variables: dict[str, str], folder: str) -> str:
    """Percent expansion in a batch file. An unknown variable becomes nothing."""

    def one(match: re.Match[str]) -> str:
        found = match[0]
        if found == "%%":
            return "%"
        if found.startswith("%~dp0"):
            return folder
        if match[1] is not None:
            return variables.get(match[1].upper(), "")
        return ""  # %0 to %9, or a lone percent sign, which cmd.exe drops

    return re.sub(r"%%|%~dp0|%[0-9*]|%([^%\r\n]+)%|%", one, line)


def bare(line: str) -> str:
    """What stands outside of double quotes, where cmd.exe gives characters a meaning."""
    return re.sub(r'"[^"]*"', "", line)


def split(command: str) -> list[str]:
    """CommandLineToArgvW, for command lines in which no quote is escaped or doubled."""
    assert '\\"' not in command and '""' not in command
    assert command.count('"') % 2 == 0
    return [part.replace('"', "") for part in re.findall(r'(?:"[^"]*"|[^\s"])+', command)]


def commands(launcher: str, root: str = r"C:\Windows", folder: str = "F:\\") -> list[list[str]]:
    """The arguments of each call of PowerShell in a launcher."""
    variables = {"SYSTEMROOT": root, "ERRORLEVEL": "0"}
    calls = []
    for line in logical_lines(launcher):
        if line.startswith("rem "):
            continue
        line = expand(line, variables, folder)
        assert '"' not in bare(line), f"a quote stays open: {line}"
        if set_ := re.fullmatch(r'set "(\w+)=(.*)"', line):
            variables[set_[1].upper()] = set_[2]
        elif line.startswith('"'):
            assert not SPECIAL & set(bare(line)), f"special outside of quotes: {bare(line)}"
            calls.append(split(line))
    return calls


def scripts(launcher: str) -> list[str]:
    """The PowerShell text of each call: PowerShell joins its last arguments with blanks."""
    texts = []
    for call in commands(launcher):
        assert call[1:5] == ["-NoProfile", "-ExecutionPolicy", "AllSigned", "-Command"], call[:5]
        texts.append(" ".join(call[5:]))
    return texts
