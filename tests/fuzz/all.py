"""The fuzzers there are."""

from tests.fuzz.claims import CLAIMS
from tests.fuzz.clinics import CLINICS
from tests.fuzz.foreign import FILES, SIGNERS, STAMPS
from tests.fuzz.messages import MESSAGES
from tests.fuzz.sticks import STICKS

FUZZERS = (MESSAGES, CLAIMS, SIGNERS, FILES, STAMPS, STICKS, CLINICS)
