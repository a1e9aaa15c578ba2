# Lint of templates/ps1: all default rules, and everything checked against Windows PowerShell 5.1 on Windows 10 1809,
# the oldest Windows that the documents name.
@{
    ExcludeRules = @(
        # The parts are UTF-8 without a mark; terminal.ps1, which they make, has one.
        'PSUseBOMForUnicodeEncodedFile'
        # A kind's block declares what the runtime gives it, whether it needs it or not.
        'PSReviewUnusedParameter'
        # Functions of our own are called by position; Windows' commands are not (tests/runtime/vocabulary.json).
        'PSAvoidUsingPositionalParameters'
        # -WhatIf and -Confirm are for commands that a person types. Our functions are private: the engine asks before a change
        # and journals it. To satisfy the rule they would have to hide behind verbs that do not say that they change something.
        'PSUseShouldProcessForStateChangingFunctions'
    )
    Rules = @{
        PSAvoidLongLines = @{ Enable = $true; MaximumLineLength = 140 }
        PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1') }
        PSUseCompatibleCommands = @{
            Enable = $true
            TargetProfiles = @('win-48_x64_10.0.17763.0_5.1.17763.316_x64_4.0.30319.42000_framework')
        }
        PSUseCompatibleTypes = @{
            Enable = $true
            TargetProfiles = @('win-48_x64_10.0.17763.0_5.1.17763.316_x64_4.0.30319.42000_framework')
            # A word of the language, in 5.1 as in 7. Profiles of 7 call it a type, and the rule reports what any profile beside
            # the analyzer knows and the target does not: without this its answer would depend on which there are.
            IgnoreTypes = @('ordered')
        }
    }
}
