# machine.json: installers.<path> = {text, signature}: installer files wherever they are. Real files beside the bundle
# are found too; their signature stands there under their name alone, else they have none.

function Get-PersonFolder { 'C:\Users\OqsComApp\Downloads', 'C:\Users\OqsComApp\Desktop', 'C:\Users\Public\Desktop' }

function Get-DesktopFolder {
    param([switch] $Shared)
    if ($Shared) { return 'C:\Users\Public\Desktop' }
    return "C:\Users\$($script:FakeSession.as)\Desktop"
}

function Find-FileBelow {
    param([string] $Folder, [string] $Pattern, [int] $Depth)
    $found = @(if ([IO.Directory]::Exists($Folder)) { [IO.Directory]::GetFiles($Folder, $Pattern, 'AllDirectories') })
    $found += @(Get-FieldName (Get-FakeField (Get-Machine) 'installers') | Where-Object { $_.StartsWith("$Folder\") })
    foreach ($path in $found) {
        $parts = @($path.Substring($Folder.Length + 1) -split '[\\/]')
        if ($parts[-1] -like $Pattern -and $parts.Length -le $Depth + 1) { $path }
    }
}

function Get-FileSha256 {
    param([string] $Path)
    $text = (Get-FakeField (Get-FakeField (Get-Machine) 'installers') $Path).text
    $sha = [Security.Cryptography.SHA256]::Create()
    return [BitConverter]::ToString($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($text))).Replace('-', '').ToLowerInvariant()
}

function Get-SignatureStatus {
    param([string] $Path)
    return Get-FakeField (Get-FakeField (Get-FakeField (Get-Machine) 'installers') $Path) 'signature' 'NotSigned'
}
