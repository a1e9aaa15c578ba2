# Reading what somebody else decides the length of, for files and for what is unpacked.

function Read-StreamByte {
    # All bytes of a stream, which may say nothing of its length. Throws beyond Limit: whoever wrote it decides how much comes.
    param([IO.Stream] $Stream, [int] $Limit)
    $memory = New-Object IO.MemoryStream
    $part = New-Object byte[] 65536
    while (($count = $Stream.Read($part, 0, $part.Length)) -gt 0) {
        if ($memory.Length + $count -gt $Limit) { throw "大きすぎるため、読みません（$Limit バイトまで）。" }
        $memory.Write($part, 0, $count)
    }
    return , $memory.ToArray()
}
