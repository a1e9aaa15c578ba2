# A step that a person does by hand: there is nothing to look at.
Register-Kind 'manual' -Format 1 -ByPerson -Get { return $null }
