"""前提: one terminal a run."""

from tests.examples import EXAMPLES, example
from tests.subjects.clinics import by_id


def test_every_example_names_its_terminal() -> None:
    for path in EXAMPLES:
        for profile in example(path.stem):
            assert by_id(profile)["terminal-name"].target == {"name": profile.terminal.name}
