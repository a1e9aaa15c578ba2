"""``チェックリスト.pdf``: what a person does on one terminal, on four pages; one for an update or an audit.

``specs/sheet.yaml`` has its pages and their words; numbers and values come from the plan, as the screen says them.
"""

from oqsgen.render.sheet.about import About, about
from oqsgen.render.sheet.document import content, sheet

__all__ = ["About", "about", "content", "sheet"]
