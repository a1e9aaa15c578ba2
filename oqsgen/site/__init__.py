"""What a clinic's file means: one checked ``Site`` for each terminal, with every default filled."""

from oqsgen.site.clinic import Clinic
from oqsgen.site.resolve import resolve
from oqsgen.site.site import Site

__all__ = ["Clinic", "Site", "resolve"]
