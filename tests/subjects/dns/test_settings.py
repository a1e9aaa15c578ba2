"""操作11: the name servers of each area."""

from typing import Any

import pytest

from oqsgen.resources import spec
from tests.subjects.clinics import by_id


@pytest.mark.parametrize(("provider", "area"), [("ntt-east", "east"), ("ntt-west", "west")])
def test_dns_is_that_of_the_area(profile: Any, provider: str, area: str) -> None:
    """On the terminal as a change, on the router as both tables; never both."""
    known, other = spec("network")["dns"][area], {"east": "west", "west": "east"}[area]
    more = ", area_override: {reason: 県境}, area: west" if area == "west" else ""
    on_pc = by_id(profile(f"{{provider: {provider}{more}, dns: {{where: terminal, nic: LAN}}}}"))
    dns = on_pc["dns-terminal"]
    assert (dns.how, dns.scope, dns.drops_network) == ("apply", "machine", True)
    assert dns.target == {"connection": "LAN"} and dns.wanted == {"servers": known["oqs"]}
    assert dns.as_of == spec("network")["dns"]["as_of"]
    assert not {"dns-router-ngn", "dns-router-oqs"} & on_pc.keys()

    on_router = by_id(profile(f"{{provider: {provider}{more}, dns: {{where: router}}}}"))
    assert "dns-terminal" not in on_router
    ngn, oqs = on_router["dns-router-ngn"], on_router["dns-router-oqs"]
    assert ngn.how == oqs.how == "guided"
    assert [value for _, value in ngn.values] == [known["ngn_domain"], *known["ngn"]]
    assert [value for _, value in oqs.values] == [
        *spec("network")["dns"]["oqs_domains"],
        *known["oqs"],
    ]
    # What the fields of the router's table ask for, line by line.
    assert [given.value for given in ngn.gives] == [known["ngn_domain"], *known["ngn"]]
    domains = spec("network")["dns"]["oqs_domains"]
    lines = [value for domain in domains for value in (domain, *known["oqs"])]
    assert [given.value for given in oqs.gives] == lines
    assert oqs.gives[3].label == "2 行目 ドメイン" and not on_pc["dns-terminal"].gives
    assert ngn.target == {"hosts": [known["ngn_host"]]}
    printed = str([step.values for step in (*on_pc.values(), *on_router.values())])
    assert spec("network")["dns"][other]["oqs"][0] not in printed
