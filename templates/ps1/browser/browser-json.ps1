# What a browser writes: JSON of megabytes, with objects of thousands of members, names that differ in case alone, empty
# names, and comments in manifests. ConvertFrom-Json of 5.1 takes none of it, and JavaScriptSerializer no object of more
# than 1000 members (.NET Framework, aspnet:MaxJsonDeserializerMembers).

function ConvertFrom-BrowserJson {
    # Objects as dictionaries that know the case, lists as arrays; whole numbers as Int64. Throws where it is no JSON.
    param([string] $Text)
    if ($null -eq ('OqsGen.BrowserJson' -as [type])) {
        Add-Type -IgnoreWarnings -TypeDefinition @'
{{ browser-json.cs }}
'@
    }
    return , [OqsGen.BrowserJson]::Read($Text)
}

function Get-BrowserField {
    # What stands at a path of names; $null where a part of the path is missing.
    param([object] $Value, [string[]] $Path)
    foreach ($name in $Path) {
        if ($Value -isnot [System.Collections.IDictionary] -or -not $Value.ContainsKey($name)) { return $null }
        $Value = $Value[$name]
    }
    return , $Value
}

function Read-BrowserFile {
    # What a file of the browser holds; $null where it is not there.
    param([string] $Path)
    if (-not (Test-FilePresence -Path $Path)) { return $null }
    $text = (ConvertFrom-FileByte (Read-FileByte -Path $Path)).TrimStart([char] 0xfeff)
    try { return , (ConvertFrom-BrowserJson $text) } catch { throw "Edge の設定ファイルを読めません: $Path" }
}
