# The files of Edge are among machine.json's files, below the profile of the account that the process runs as.

function Get-EdgeFolder { return "C:\Users\$($script:FakeSession.as)\AppData\Local\Microsoft\Edge\User Data" }
