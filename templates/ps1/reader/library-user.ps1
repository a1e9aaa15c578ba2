# As whom the programs run that use a library: those of the card readers load the 顔認証ライブラリ, whoever made them.
# What stands in the library's own folder, and the browser that starts it, belong to whoever is signed in.

Register-Kind 'library-user' -Format 1 -Get {
    param($Target)
    $account = Get-AccountSid $Target.account
    $programs = @(Get-ModuleUser -Folder $Target.library |
        Where-Object { $_.image -notlike "$($Target.library)\*" -and $_.image -notlike '*\Microsoft\Edge*\*' })
    if ($programs.Length -eq 0 -or $null -eq $account) {
        return [pscustomobject] @{ unknown = '顔認証機器のアプリが動いていません。デスクトップから起動してください。' }
    }
    $others = @($programs | Where-Object { $_.sid -cne $account })
    $users = @(foreach ($program in $others) { "$($program.image.Split('\')[-1]) は $(Get-AccountName $program.sid) で動いています" }) |
        Sort-Object -Unique
    return [pscustomobject] @{
        programs = @($programs | ForEach-Object { $_.image } | Sort-Object -Unique)
        asAccount = ($others.Length -eq 0)
        message = "$(@($users) -join '、')。$($Target.account) でサインインして、アプリを入れ直してください。"
    }
}
