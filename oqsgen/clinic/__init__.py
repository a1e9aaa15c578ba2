"""What a clinic's file means: one checked ``TerminalProfile`` for each terminal, with every default filled."""

from oqsgen.clinic.model import Clinic
from oqsgen.clinic.profile import TerminalProfile
from oqsgen.clinic.resolve import resolve

__all__ = ["Clinic", "TerminalProfile", "resolve"]
