"""What only several files show: two that would make one bundle, and an account that two terminals of a facility have."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from oqsgen.clinic.accounts import accounts_of
from oqsgen.clinic.problem_at import locate, problem
from oqsgen.clinic.profile import TerminalProfile
from oqsgen.input.nodes import Mapping, Scalar
from oqsgen.input.problems import Problem
from oqsgen.text import half_width, listed, shown, trimmed

FILES_TOLD = 3


class Terminal(NamedTuple):
    """A terminal without errors of its own: of which file, from which keys."""

    file: str
    root: Mapping
    profile: TerminalProfile

    @property
    def bundle(self) -> str:
        """The name of its bundle's folder; Windows does not tell upper case from lower."""
        return self.profile.name.lower()


def across_files(terminals: Iterable[Terminal]) -> Iterator[tuple[str, Problem]]:
    """Each problem with the file that it keeps from being built: nobody could tell which of several is meant."""
    every = list(terminals)
    for same in _grouped(every, lambda terminal: terminal.bundle):
        yield from _same_bundle(same)
    for clinic in _grouped(every, lambda terminal: terminal.profile.facility.code):
        yield from _same_account(clinic)


def facility_codes(root: Mapping, terminals: Sequence[Terminal]) -> frozenset[str]:
    """The facility's code as far as it can be read, and those of the terminals without errors."""
    facility = root.get("facility")
    entry = facility.value.get("code") if facility and isinstance(facility.value, Mapping) else None
    texts = [entry.value.text] if entry and isinstance(entry.value, Scalar) else []
    codes = {half_width(trimmed(text)) for text in texts}
    return frozenset(codes | {terminal.profile.facility.code for terminal in terminals})


def _grouped(terminals: list[Terminal], key: Callable[[Terminal], Any]) -> list[list[Terminal]]:
    """Those that are the same in something and stand in several files."""
    groups: dict[Any, list[Terminal]] = {}
    for terminal in terminals:
        groups.setdefault(key(terminal), []).append(terminal)
    return [group for group in groups.values() if len({each.file for each in group}) > 1]


def _same_bundle(terminals: list[Terminal]) -> Iterator[tuple[str, Problem]]:
    for terminal in terminals:
        position, path = locate(terminal.root, ("terminals", 0, "name"))
        message = (
            f"一式 {terminal.profile.name} は、{_others(terminal, terminals)} からも作られます。"
            "どれを使うか決められないので、どれも作れません。1 つだけにするか、端末名を変えてください。"
        )
        code = "DUPLICATE_TERMINAL"
        yield terminal.file, problem(terminal.file, position, path, code, message)


def _same_account(terminals: list[Terminal]) -> Iterator[tuple[str, Problem]]:
    uses: dict[tuple[str, str], list[tuple[Terminal, Any]]] = {}
    for terminal in terminals:
        for account in accounts_of(terminal.root, terminal.profile):
            of_account = uses.setdefault((account.rule.code, account.text.upper()), [])
            of_account.append((terminal, account))
    for pairs in uses.values():
        for terminal, account in pairs:
            # One terminal in two files is told as that.
            others = [each for each, _ in pairs if each.bundle != terminal.bundle]
            if any(each.file != terminal.file for each in others):
                message = (
                    f"「{shown(account.text)}」は、{_others(terminal, others)} の端末にも付きます。"
                    f"{account.rule.rule}それぞれ別の値を書いてください。"
                )
                code = account.rule.code
                position, path = account.position, account.path
                yield terminal.file, problem(terminal.file, position, path, code, message)


def _others(terminal: Terminal, group: Iterable[Terminal]) -> str:
    files = dict.fromkeys(each.file for each in group if each.file != terminal.file)
    return listed([*files], FILES_TOLD)
