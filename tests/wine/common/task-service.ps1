Test-Native 'Test-MissingTaskError' {
    foreach ($number in -2147024894, -2147024893, -2147024891) {
        # ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_ACCESS_DENIED.
        try { [Runtime.InteropServices.Marshal]::ThrowExceptionForHR($number) }
        catch { Assert-Same ($number -ne -2147024891) (Test-MissingTaskError $_) }
    }
}
