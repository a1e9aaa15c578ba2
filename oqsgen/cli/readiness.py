"""How far the visits to terminals are prepared, a line each."""

from collections.abc import Iterable, Iterator
from typing import Any


def readiness_lines(profiles: Iterable[Any]) -> Iterator[str]:
    """For each terminal whose file says how far its visit is prepared, what can be done on the day."""
    from oqsgen.plan.ready import readiness

    for profile in profiles:
        if profile.visit.ready.model_fields_set:
            from oqsgen.plan.plan import make_plan
            from oqsgen.plan.visit import visit

            line = readiness(profile, visit(profile, make_plan(profile)))
            yield f"{profile.name} {line}"
