# machine.json: installers.<path>.from = the text of the stream Zone.Identifier.

function Get-PersonTemp { return 'C:\Users\OqsComApp\AppData\Local\Temp' }

function Read-DownloadMark {
    param([string] $Path)
    return [string] (Get-FakeField (Get-FakeField (Get-FakeField (Get-Machine) 'installers') $Path) 'from')
}
