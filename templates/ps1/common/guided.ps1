# A step that a person does while it is shown (runtime/guidance.ps1): there is nothing to look at.
Register-Kind 'guided' -Format 1 -ByPerson -Get { return $null }
