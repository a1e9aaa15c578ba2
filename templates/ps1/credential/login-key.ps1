# How the user name of a credential begins: it tells which kind of clinic the PC was set up for. almex 補足①, setup P.47.

Register-Kind 'login-key' -Format 1 -Get {
    param($Target)
    $found = Read-Credential -Name $Target.name
    if ($null -eq $found) { return [pscustomobject] @{ unknown = "資格情報 $($Target.name) は、まだ登録されていません。" } }
    [array]::Clear($found.blob, 0, $found.blob.Length)
    $state = [ordered] @{ userName = $found.userName }
    if ($found.userName -match '^RO') { $state.message = Get-LetterOText "ユーザー名「$($found.userName)」" }
    return [pscustomobject] $state
} -Test {
    param($Wanted, $Found)
    if ($null -eq $Wanted -or $null -eq $Found) { return $false }
    return (Test-UserPrefix $Found.userName @($Wanted.prefixes))
}
