# As Wine was told in the language of Linux: see windows.py.

Test-Native 'Get-DisplayLanguage' {
    Assert-Same 'ja-JP' (Get-DisplayLanguage)
    # The code page of cmd.exe and of the window is that of a Japanese PC too.
    Assert-Same 932 ([Globalization.CultureInfo]::CurrentCulture.TextInfo.ANSICodePage)
}
