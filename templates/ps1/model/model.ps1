# The model of the PC, as its maker wrote it into the firmware: makers differ in the field that they write the model's name to.

Register-Kind 'model' -Format 1 -Get {
    param($Target)
    $names = @(Read-ModelText | ForEach-Object { $_ } | Where-Object { $_.Trim() -cne '' })
    if ($names.Length -eq 0) { return [pscustomobject] @{ unknown = 'この PC の機種を読み取れません。ラベルで確かめてください。' } }
    $is = @($names | Where-Object { $_ -match $Target.pattern }).Length -gt 0
    return [pscustomobject] @{
        is = $is
        message = "この PC の機種は $($names -join ' / ') です。この一式に書かれた機種や導入年月と違うときは、この一式を作った人に知らせてください。"
    }
}
