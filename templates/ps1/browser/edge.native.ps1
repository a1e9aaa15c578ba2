# Microsoft Edge of the person who is signed in. Only read: its protected settings carry a mark that only Edge can make.

function Get-EdgeFolder {
    # Where the profiles stand. Chromium, docs/user_data_dir.md; Edge's own name in it.
    return [IO.Path]::Combine([Environment]::GetFolderPath([Environment+SpecialFolder]::LocalApplicationData), 'Microsoft\Edge\User Data')
}
