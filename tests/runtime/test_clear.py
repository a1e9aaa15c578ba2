"""Before files are deleted it is said who may still need them."""

from tests.pc.assemble import HERE, needs_pwsh
from tests.pc.shell import json_of

pytestmark = needs_pwsh

SAID = f"""
. '{HERE / "Pc.ps1"}'
Initialize-Pc
$plan = ConvertFrom-Json '{{
    "bundle": {{"id": "b", "terminal": "OQS-01", "facility": {{"code": "1", "name": "x"}}, "mode": "new"}}, "account": "OqsComApp", "staff": ["uketsuke1", "uketsuke2"],
    "steps": [
        {{"id": "staff", "kind": "manual", "scope": "user", "who": "oqscomapp", "how": "manual", "title": "職員", "what": "", "values": []}},
        {{"id": "rest", "kind": "manual", "scope": "user", "who": "oqscomapp", "how": "verify", "title": "残り", "what": "消す", "values": []}}
    ],
    "numbers": [
        {{"label": "21", "id": "n21", "title": "職員", "person": "uketsuke1", "steps": ["staff"], "needs": []}},
        {{"label": "22", "id": "n22", "title": "職員", "person": "uketsuke2", "steps": ["staff"], "needs": []}},
        {{"label": "23", "id": "n23", "title": "片付け", "person": null, "steps": ["rest"], "needs": ["21"]}}
    ]
}}'
$script:Pass = New-Pass 'r' $plan 'E:\\oqs\\bundle' 'Apply' 'User' $false $false
$script:Pass.session = [pscustomobject] @{{ role = 'account'; owner = 'x'; name = 'OqsComApp'; sid = 'x' }}
$script:Pass.journal = New-Journal "$env:OQSGEN_FAKE/clear.jsonl"
function Get-Said {{ @(Format-ClearBody $plan.steps[1] @()) -join '' }}
$before = Get-Said
foreach ($number in $plan.numbers[0..1]) {{ Add-StepConfirmation (ConvertTo-PersonStep $plan.steps[0] $number) $script:Pass }}
ConvertTo-Json @($before, (Get-Said))
"""


def test_who_is_known_by_a_word_alone_may_still_need_what_goes() -> None:
    """Of those whom the number needs: the PC has seen no result of theirs."""
    before, after = json_of(SAID)
    assert "△" not in before
    assert (
        "△ uketsuke1 の結果を、この PC はまだ見ていません。" in after and "uketsuke2" not in after
    )
