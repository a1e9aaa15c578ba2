# Who is who, as the registry has it.

$profiles = 'HKLM\Software\Microsoft\Windows NT\CurrentVersion\ProfileList'

Test-Native 'Get-TokenSid', 'Get-TokenName', 'Get-AccountSid', 'Get-AccountName' {
    $sid = Get-TokenSid
    Assert-Same $true ((Invoke-Reg 'query HKU').Split("`n").Trim() -ccontains "HKEY_USERS\$sid")
    Assert-Same (Invoke-Cmd 'echo %USERNAME%') (Get-TokenName)
    Assert-Same $sid (Get-AccountSid (Get-TokenName))
    Assert-Same (Get-TokenName) (Get-AccountName $sid)
    Assert-Same $null (Get-AccountSid 'oqsgen-nobody')
    # Well-known SIDs, and one that nobody has.
    Assert-Same @('Administrators', 'S-1-5-21-1-2-3-4444') @((Get-AccountName 'S-1-5-32-544'), (Get-AccountName 'S-1-5-21-1-2-3-4444'))
}

Test-Native 'Get-ProfileFolder' {
    $null = Invoke-Reg "add `"$profiles\S-1-5-21-1-2-3-1002`" /v ProfileImagePath /t REG_EXPAND_SZ /d C:\oqsgen-check\受付"
    $null = Invoke-Reg "add `"$profiles\S-1-5-21-1-2-3-1003.bak`" /v ProfileImagePath /t REG_EXPAND_SZ /d C:\oqsgen-check\old"
    $null = Invoke-Reg "add `"$profiles\S-1-5-18`" /v ProfileImagePath /t REG_EXPAND_SZ /d C:\oqsgen-check\system"
    try {
        $found = @(Get-ProfileFolder | Where-Object { $_.path -like '*oqsgen-check*' })
        Assert-Same @('S-1-5-21-1-2-3-1002 C:\oqsgen-check\受付\AppData\Local') @($found | ForEach-Object { "$($_.sid) $($_.path)" })
    }
    finally {
        foreach ($name in 'S-1-5-21-1-2-3-1002', 'S-1-5-21-1-2-3-1003.bak') { $null = Invoke-Reg "delete `"$profiles\$name`" /f" }
        $null = Invoke-Reg "delete `"$profiles\S-1-5-18`" /v ProfileImagePath /f"
    }
}
