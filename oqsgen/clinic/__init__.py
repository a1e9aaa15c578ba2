"""What a clinic's file means: one checked ``Site`` for each terminal, with every default filled."""

from oqsgen.clinic.model import Clinic
from oqsgen.clinic.profile import Site
from oqsgen.clinic.resolve import resolve

__all__ = ["Clinic", "Site", "resolve"]
