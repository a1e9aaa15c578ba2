"""What others can have put anywhere is read within bounds: not through links, not without end, not again and again."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests import PARTS
from tests.pc.assemble import needs_pwsh, plan, ready_machine
from tests.pc.code import json_of_code
from tests.pc.shell import json_of, run_text
from tests.runtime.test_runtime import made, thing, things

pytestmark = needs_pwsh

NATIVE = "".join(
    f". '{PARTS / 'common' / name}.ps1'\n"
    for name in ("stream", "plain-file.native", "file-content.native", "search.native")
)


def asked(expression: str, *, elevated: bool = True) -> Any:
    """What the native layer, which is .NET alone here, gives; or the error's text."""
    return json_of(
        f"Set-StrictMode -Version 2; $ErrorActionPreference = 'Stop'\n{NATIVE}"
        f"function Test-Elevated {{ return ${str(elevated).lower()} }}\n"
        f"$answer = try {{ {expression} }} catch {{ 'error: ' + $_.Exception.Message }}\n"
        "ConvertTo-Json -InputObject @($answer) -Compress"
    )


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A file, a link to it, and a link to its folder."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.exe").write_bytes(b"abc")
    (tmp_path / "file.exe").symlink_to(tmp_path / "real" / "a.exe")
    (tmp_path / "folder").symlink_to(tmp_path / "real", target_is_directory=True)
    return tmp_path


READS = ["Read-FileByte -Path '%s'", "Get-FileSha256 -Path '%s'"]


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("path", ["file.exe", "folder/a.exe"])
def test_an_elevated_pass_opens_nothing_through_a_link(read: str, path: str, linked: Path) -> None:
    (said,) = asked(read % (linked / path))
    assert str(said).startswith("error: 別の場所へのリンク")
    # A person's own pass can be told by a link nothing that the person could not read.
    assert "error" not in str(asked(read % (linked / path), elevated=False))
    assert "error" not in str(asked(read % (linked / "real" / "a.exe")))


def test_a_version_and_a_signature_are_not_asked_for_through_a_link(linked: Path) -> None:
    for read in ("Read-ProgramVersion -Path '%s'", "Get-SignatureStatus -Path '%s'"):
        (said,) = asked(read % (linked / "folder" / "a.exe"))
        assert said.startswith("error: 別の場所へのリンク")


def test_a_search_does_not_leave_the_folder(linked: Path) -> None:
    search = f"Find-FileBelow -Folder '{linked}' -Pattern 'a.exe' -Depth 2"
    assert asked(search) == [str(linked / "real" / "a.exe")]
    assert len(asked(search, elevated=False)) == 2


@pytest.mark.parametrize("path", [r"\\server\share\a", r"\\.\pipe\x", "//server/share/a"])
def test_nothing_outside_this_pc_is_touched(path: str) -> None:
    assert asked(f"Test-PlainPath '{path}'") == [False]


@pytest.mark.parametrize("read", READS)
@pytest.mark.parametrize("path", ["/dev/zero", "/proc/self/fd/0"])
def test_a_device_or_pipe_has_an_end(read: str, path: str) -> None:
    """.NET Framework opens neither; here a pipe is refused, and a device that looks like a file is left."""
    (said,) = asked("$script:InstallerLimit = 3MB; " + read % path, elevated=False)
    assert str(said).startswith(("error: ファイルではない", "error: 大きすぎる"))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 1 << 40)
    for read in READS:
        (said,) = asked(read % path)
        assert said.startswith("error: 大きすぎる")


def test_a_file_that_grows_is_not_read_without_end() -> None:
    """Its length says nothing."""
    (said,) = asked("Read-PlainByte '/proc/self/maps' 100", elevated=False)
    assert said.startswith("error: 大きすぎる")


def test_a_full_folder_is_not_listed_without_end(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_bytes(b"")
    find = f"@(Find-FileBelow -Folder '{tmp_path}' -Pattern '*.txt' -Depth 0).Length"
    assert asked(find) == [60]
    for limit in ("FolderLimit", "SearchLimit"):
        (said,) = asked(f"$script:{limit} = 50; {find}")
        assert said.startswith("error: ファイルが多すぎる")


OPENS = r"""
$file = '^(System\.)?IO\.(File|Directory|FileStream|FileInfo|DirectoryInfo|DriveInfo|StreamReader|StreamWriter|BinaryReader|BinaryWriter|' +
    'FileSystemWatcher|Compression\..*|Pipes\..*|MemoryMappedFiles\..*|IsolatedStorage\..*)$'
$other = '(^|\.)(FileVersionInfo|XmlDocument|XmlReader|XmlTextReader|XDocument|XPathDocument|XslCompiledTransform|DataSet|' +
    'X509Certificate2?(Collection)?|Assembly|WebClient|WebRequest|HttpClient|Image|Bitmap|Icon|SoundPlayer|FileSystem|TextFieldParser|' +
    'ResourceReader|ConfigurationManager|OdbcConnection|OleDbConnection|ExternalScriptInfo)$'
# What a folder says of a file, and what only writes.
$told = 'Exists', 'Delete', 'Move', 'Replace', 'GetAttributes', 'GetAccessControl', 'SetAccessControl', 'CreateDirectory',
    'GetCreationTime', 'GetCreationTimeUtc', 'GetLastWriteTimeUtc', 'WriteAllText'
$methods = '^(Load|LoadFrom|LoadFile|LoadXml|Import|ImportFromFile|Open|OpenRead|OpenText|ReadToEnd|GetFiles|GetDirectories|GetFolder|GetFile|Enumerate(Files|Directories).*)$'
$nouns = 'Content|Item|ItemProperty|ItemPropertyValue|ChildItem|FileHash|Acl|Path|Csv|Clixml|Archive|String|Xml|PfxCertificate|PfxData|Certificate|' +
    'Module|LocalizedData|PowerShellDataFile|WebRequest|RestMethod|AuthenticodeSignature|Alias|Variable|FormatData|TypeData|Counter|WinEvent'
$opening = 'TypeExpressionAst', 'InvokeMemberExpressionAst', 'StringConstantExpressionAst', 'CommandAst', 'SwitchStatementAst',
    'FileRedirectionAst', 'UsingStatementAst'
$trees = foreach ($path in Get-ChildItem '%s' -Recurse -Include *.ps1) {
    @{ name = $path.Name; all = Read-Code $path.FullName }
}
$ours = @($trees | ForEach-Object { Find-Code FunctionDefinitionAst $_.all } | ForEach-Object { $_.Name })
$found = foreach ($tree in $trees) {
    foreach ($node in Find-Code $opening $tree.all) {
        $how = ''
        if ($node -is [Management.Automation.Language.TypeExpressionAst]) {
            $type = $node.TypeName.FullName
            $member = ''
            if ($node.Parent -is [Management.Automation.Language.MemberExpressionAst]) { $member = $node.Parent.Member.Extent.Text }
            if ($type -match $other -or ($type -match $file -and $told -cnotcontains $member)) { $how = "${type}::$member" }
        }
        if ($node -is [Management.Automation.Language.InvokeMemberExpressionAst] -and -not $node.Static -and $node.Member.Extent.Text -match $methods) {
            $how = ".$($node.Member.Extent.Text)"
        }
        if ($node -is [Management.Automation.Language.StringConstantExpressionAst] -and ($node.Value -match $file -or $node.Value -cmatch $other)) { $how = $node.Value }
        if ($node -is [Management.Automation.Language.CommandAst]) {
            $name = $node.GetCommandName()
            $places = @($node.CommandElements | Where-Object {
                    $_ -is [Management.Automation.Language.CommandParameterAst] -and $_.ParameterName -match '^(LiteralPath|FilePath|PSPath|Path|InputFile)$' })
            if ("$($node.InvocationOperator)" -eq 'Dot') { $how = $node.Extent.Text }
            elseif ($null -ne $name -and $ours -notcontains $name -and ($places.Length -gt 0 -or $name -match "^[A-Z][a-z]+-($nouns)$")) { $how = $name }
        }
        if ($node -is [Management.Automation.Language.SwitchStatementAst] -and "$($node.Flags)" -match 'File') { $how = 'switch -File' }
        if ($node -is [Management.Automation.Language.FileRedirectionAst] -or $node -is [Management.Automation.Language.UsingStatementAst]) { $how = $node.Extent.Text }
        if (-not $how) { continue }
        $where = $tree.name
        for ($above = $node; $null -ne $above; $above = $above.Parent) {
            if ($above -is [Management.Automation.Language.FunctionDefinitionAst]) { $where = $above.Name; break }
        }
        "$where $how"
    }
}
ConvertTo-Json @($found | Sort-Object -Unique)
"""
IN_MEMORY = "of bytes or text that was read already"
WRITES = "opens what it writes"

ALLOWED = {
    "Open-PlainFile IO.File::Open": "the one way to read a file",
    "Test-PlainPath Get-Item": "whether a part of a path is a link; of the link itself, not of what is behind it",
    "Get-FolderFile IO.Directory::EnumerateFiles": "the one way to list the files of a folder",
    "Get-Subfolder IO.Directory::EnumerateDirectories": "the one way to list the folders in a folder",
    # Windows itself opens the file: it takes no stream. Each looks for links first.
    "Get-FileMark IO.FileInfo": "asks the folder",
    "Get-ScriptHash IO.FileInfo": "asks the folder",
    "Get-FileSize IO.FileInfo": "asks the folder",
    "Get-StickRoot IO.DriveInfo::GetDrives": "names and types of drives, no file",
    "Get-SignatureStatus Get-AuthenticodeSignature": "a program file, whose signature Windows reads",
    "Read-ProgramVersion Diagnostics.FileVersionInfo::GetVersionInfo": "a program file's resources",
    "Read-DownloadMark Get-Item": "how long the mark is",
    "Read-DownloadMark Get-Content": "the mark, whose length was looked at",
    # What only we and administrators can have put there.
    "Clear-Folder IO.Directory::GetFileSystemEntries": "the temporary folder of the pass",
    "Get-FolderEntry IO.Directory::GetFileSystemEntries": "folders of ours, whose owner and access were looked at",
    "Add-FileText IO.File::Open": WRITES,
    "Write-NewFile IO.File::Open": WRITES,
    "Initialize-File IO.FileStream": WRITES,
    "Open-LockFile IO.File::Open": "the lock, of which nothing is read",
    "Resize-File IO.File::Open": WRITES,
    "Write-DesktopFile IO.File::Open": WRITES,
    "Write-PersonFile IO.File::Open": WRITES,
    "Write-PolicyFile IO.File::Open": WRITES,
    "Add-Certificate Security.Cryptography.X509Certificates.X509Certificate2": IN_MEMORY,
    "ConvertFrom-TaskByte .Load": IN_MEMORY,
    "ConvertFrom-TaskByte Xml.XmlDocument": IN_MEMORY,
    "ConvertFrom-TaskByte Xml.XmlReader::Create": IN_MEMORY,
    "Read-CertificateFile .Import": IN_MEMORY,
    "Read-CertificateFile Security.Cryptography.X509Certificates.X509Certificate2Collection": IN_MEMORY,
    "Read-CrxVersion .Open": IN_MEMORY,
    "Read-CrxVersion System.IO.Compression.ZipArchive": IN_MEMORY,
    "Read-TaskXml .LoadXml": IN_MEMORY,
    "Read-TaskXml Xml.XmlDocument": IN_MEMORY,
    # No file at all.
    "Find-RegisteredTask .GetFolder": "of the task service",
    "New-FolderShare New-SmbShare": "shares a folder",
    "Open-CertificateStore .Open": "a store of Windows",
    "Open-Edge Start-Process": "starts a program (test_environment.py)",
    "Open-Page Start-Process": "starts a program (test_environment.py)",
    "Start-ElevatedPass Start-Process": "starts our own script from the copy",
    "Open-Program Start-Process": "starts a program (test_environment.py)",
    "Read-UpdateEvent Get-WinEvent": "a log of Windows, by its name",
    "Read-TaskFolder .GetFolder": "of the task service",
    "Register-Task .GetFolder": "of the task service",
    "Remove-TaskFolder .GetFolder": "of the task service",
    "Unregister-Task .GetFolder": "of the task service",
}
"""Function and what in it could open a file, and why it may."""


def opened(folder: Path) -> list[str]:
    """Whatever in the PowerShell of a folder could open a file or list a folder."""
    found: list[str] = json_of_code(OPENS % folder)
    return found


def test_there_is_one_way_to_open_a_file() -> None:
    """And one to list a folder; whatever else is there has its reason, and no reason is left over."""
    assert sorted(set(opened(PARTS)) ^ ALLOWED.keys()) == []


WAYS = r"""
function Get-A { [IO.File]::ReadAllText('a') }
function Get-B { [System.IO.File]::OpenRead('a') }
function Get-C { New-Object IO.StreamReader('a') }
function Get-D { Get-Content -LiteralPath 'a' }
function Get-E { Select-String -Path 'a' -Pattern 'b' }
function Get-F { $document.Load('a') }
function Get-G { [IO.Directory]::GetFiles('a', '*.csv') }
function Get-H { Get-ChildItem 'a' }
function Get-I { Import-Csv 'a' }
function Get-J { switch -File 'a' { default { $_ } } }
function Get-K { New-Object Security.Cryptography.X509Certificates.X509Certificate2('a') }
function Get-L { . 'a' }
function Get-M { [Diagnostics.FileVersionInfo]::GetVersionInfo('a') }
function Get-N { 'IO.FileStream' -as [type] }
function Get-O { Get-FileHash 'a' }
function Get-Q { $info.OpenText() }
"""


def test_each_way_is_seen(tmp_path: Path) -> None:
    """Aliases are refused by test_vocabulary.py."""
    (tmp_path / "a.ps1").write_text(WAYS)
    asked = {line.split()[1] for line in WAYS.splitlines() if line}
    assert {line.split()[0] for line in opened(tmp_path)} == asked


REMOVES = {
    "Clear-Folder": "the temporary folder of the pass, which nobody else writes",
    "Remove-OwnFolder": "a copy of the bundle, in a folder that administrators alone write",
    "Remove-PersonFolder": "the person's own, in that person's pass",
}


def test_an_elevated_pass_removes_no_folder_by_its_path() -> None:
    """What a path leads to can be another folder by then: one that is held is removed."""
    removes = set()
    for file in sorted(PARTS.rglob("*.ps1")):
        for name, body in re.findall(
            r"^function ([\w-]+) \{(.*?)^\}", file.read_text("utf-8"), re.M | re.S
        ):
            if re.search(r"Directory\]::Delete|\bRemove-Item\b", body):
                removes.add(name)
    assert removes == set(REMOVES)


def test_no_csharp_opens_a_file() -> None:
    way = re.compile(
        r"\b(File|FileStream|FileInfo|Directory|DirectoryInfo|StreamReader|XmlDocument|XmlReader|Assembly"
        r"|CreateFile\w*|OpenFile|NtOpenFile|NtCreateFile|LoadLibrary\w*|CryptQueryObject|FindFirstFile\w*)\b"
    )
    # It reads nothing of what a file holds, and opens a link itself.
    held = PARTS / "common" / "held-path.cs"
    ways = [path for path in PARTS.rglob("*.cs") if way.search(path.read_text("utf-8"))]
    assert ways == [held]


FORGED = [
    {"Users/OqsComApp/AppData/Local/oqsgen": {"reparse": True}},
    {"Users/OqsComApp/AppData": {"reparse": True}},
    {"Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl": {"reparse": True}},
    {"Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl": {"owner": "S-1-5-21-1-2-3-1009"}},
    None,
]


@pytest.mark.parametrize("security", FORGED)
def test_a_journal_that_is_not_the_persons_own_opens_no_order_of_steps(
    security: dict[str, Any] | None, tmp_path: Path
) -> None:
    """``None``: one that is too large."""
    steps = [
        thing("first", {"on": True}, person=True),
        *[thing(f"late{n}", {"on": True}, after=["person-first"]) for n in range(3)],
    ]
    computer = made(tmp_path, ready_machine(things=things()))
    script = computer.bundle(plan(steps))
    folder = tmp_path / "Users/OqsComApp/AppData/Local/oqsgen"
    folder.mkdir(parents=True)
    line = json.dumps({"event": "confirmed", "bundle": "b" * 16, "step": "person-first"})
    (folder / "journal.jsonl").write_text(line + "\n")

    done = computer.run(script, "Verify", "Machine")
    assert done.exit == 6 and not done.errors, done
    reads = (tmp_path / "reads.txt").read_text().splitlines()
    assert reads.count("Users/OqsComApp/AppData/Local/oqsgen/journal.jsonl") == 1

    if security is None:
        with (folder / "journal.jsonl").open("ab") as file:
            os.truncate(file.fileno(), (8 << 20) + 1)
    else:
        computer.machine = {**computer.machine, "security": computer.machine["security"] | security}
    (tmp_path / "reads.txt").unlink()
    done = computer.run(script, "Verify", "Machine")
    assert done.exit == 5 and not done.errors, done
    answer = computer.answered("run-1") or {}
    unknown = [step["id"] for step in answer["steps"] if step["status"] == "unknown"]
    assert unknown == ["pc-late0", "pc-late1", "pc-late2"]
    if security is not None:
        assert not (tmp_path / "reads.txt").exists()


def test_a_pipe_in_the_place_of_a_journal_holds_nobody_up(tmp_path: Path) -> None:
    """Behind a link, as a person would have to put it there on Windows: it is not even opened."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "journal.jsonl").symlink_to(tmp_path / "pipe")
    done = run_text(
        f"{NATIVE}function Test-Elevated {{ return $true }}\n"
        f"try {{ Read-PlainByte '{tmp_path / 'journal.jsonl'}' 100 }} catch {{ $_.Exception.Message }}"
    )
    assert done.output.startswith("別の場所へのリンク")
