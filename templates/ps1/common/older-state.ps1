# For -ReadOlder of kinds whose states have lost a field.

function ConvertTo-StateWithout {
    # A state without one of its fields.
    param([object] $State, [string] $Name)
    if ($null -eq $State) { return $null }
    $fields = [ordered] @{}
    foreach ($field in @(Get-FieldName $State)) { if ($field -cne $Name) { $fields[$field] = Get-Field $State $field } }
    return [pscustomobject] $fields
}
