"""Values that the tool only proposes: the PC's own stays where it meets the rules."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from oqsgen.plan.kind import Action


def own_values(
    look: Action,
    at: Sequence[Sequence[str]],
    allowed: Iterable[Sequence[str | int]],
    action: Callable[..., Action],
) -> dict[str, Any]:
    """What the PC reads of its own (``at``: places in the state of ``look``) and which of it may stay.

    ``allowed`` are values for those places, together. ``action`` makes of such values what is wanted;
    the PC does so with its own (``wanted``: JSON text with ``@0@``, ``@1@`` … in their places).
    """
    marks = [f"@{number}@" for number in range(len(at))]
    text = json.dumps(action(*marks).wanted, ensure_ascii=False, sort_keys=True)
    for mark, value in zip(marks, next(iter(allowed := list(allowed)), ()), strict=False):
        if isinstance(value, int):
            text = text.replace(f'"{mark}"', mark)
    return {
        "kind": look.kind,
        "target": look.target,
        "at": [list(place) for place in at],
        "allowed": ["-".join(str(value) for value in values) for values in allowed],
        "wanted": text,
    }
