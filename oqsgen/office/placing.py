"""What was heard of a clinic, of each terminal, reader and staff account, put where a clinic's file has it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from oqsgen.input.nodes import NOWHERE, Position
from oqsgen.office.tree import Branch, Leaf, Tree, merged
from oqsgen.text import half_width


@dataclass(frozen=True)
class OfTerminal:
    """A reader, or an account of the staff: whose terminal it is, by name, and its keys."""

    terminal: str
    keys: Tree
    position: Position = NOWHERE


@dataclass
class Heard:
    """Everything that was heard of a clinic."""

    site: Tree = field(default_factory=dict)
    terminals: list[Tree] = field(default_factory=list)
    readers: list[OfTerminal] = field(default_factory=list)
    staff: list[OfTerminal] = field(default_factory=list)


def placed(heard: Heard) -> tuple[Tree, list[OfTerminal]]:
    """The keys of the clinic's file, and what belongs to no terminal that is there.

    What the first terminal has stands for all; where another one differs it has an ``override``.
    """
    names = [_text(terminal.get("name")) for terminal in heard.terminals]
    readers: list[list[Branch]] = [[] for _ in names]
    accounts: list[list[Branch]] = [[] for _ in names]
    homeless = []
    for things, homes in ((heard.readers, readers), (heard.staff, accounts)):
        for thing in things:
            number = _number(names, thing.terminal)
            if number is None:
                homeless.append(thing)
            elif homes is readers:
                homes[number].append(thing.keys)
            else:
                homes[number].append(thing.keys["account"])
    site: Tree = {**heard.site, "readers": readers[0] if names else []}
    terminals: list[Branch] = []
    for terminal, of_terminal, staff in zip(heard.terminals, readers, accounts, strict=True):
        override = terminal.get("override", {})
        assert isinstance(override, dict)
        keys = {name: branch for name, branch in terminal.items() if name != "override"}
        if staff:
            of_sheet = keys.get("staff_accounts", [])
            keys["staff_accounts"] = _once(
                [*(of_sheet if isinstance(of_sheet, list) else []), *staff]
            )
        if terminals and of_terminal != site["readers"]:
            override = {**override, "readers": list(of_terminal)}
        if len(names) == 1:
            site = merged(site, override)
        elif override:
            keys["override"] = override
        terminals.append(keys)
    return {**site, "terminals": terminals}, homeless


def _once(accounts: Sequence[Branch]) -> list[Branch]:
    """Each account where it is named first: Windows takes no difference between capital letters and small ones."""
    first: dict[str, Branch] = {}
    for account in accounts:
        first.setdefault(_text(account).casefold(), account)
    return [*first.values()]


def of_several(clinics: Sequence[Tree]) -> Tree:
    """The keys of one clinic whose terminals were told of one by one."""
    sites = [
        {name: each for name, each in clinic.items() if name != "terminals"} for clinic in clinics
    ]
    # What one of them does not have cannot stand above it: nothing that is laid over it takes it away.
    base = _of_all(sites)
    terminals: list[Branch] = []
    for clinic, site in zip(clinics, sites, strict=True):
        over = _difference(base, site)
        for terminal in _terminals(clinic):
            assert isinstance(terminal, dict)
            terminals.append({**terminal, "override": over} if over else terminal)
    return {**base, "terminals": terminals}


def _of_all(trees: Sequence[Tree]) -> Tree:
    """The keys that all of them have, with the first one's values."""
    first, *others = trees
    common: Tree = {}
    for name, branch in first.items():
        groups = [tree.get(name) for tree in trees]
        if all(isinstance(group, dict) for group in groups):
            inner = _of_all([group for group in groups if isinstance(group, dict)])
            common |= {name: inner} if inner else {}
        elif all(name in tree for tree in others):
            common[name] = branch
    return common


def _difference(base: Tree, changed: Tree) -> Tree:
    """What has to be laid over ``base`` so that it says what ``changed`` does."""
    over: Tree = {}
    for name, branch in changed.items():
        mine = base.get(name)
        if isinstance(mine, dict) and isinstance(branch, dict):
            inner = _difference(mine, branch)
            over |= {name: inner} if inner else {}
        elif mine != branch:
            over[name] = branch
    return over


def _terminals(clinic: Tree) -> list[Branch]:
    terminals = clinic.get("terminals", [])
    return terminals if isinstance(terminals, list) else []


def _number(names: Sequence[str], name: str) -> int | None:
    if not name:
        return 0 if len(names) == 1 else None
    same = [
        number
        for number, each in enumerate(names)
        if half_width(each).upper() == half_width(name).upper()
    ]
    return same[0] if same else None


def _text(branch: Branch | None) -> str:
    return branch.text if isinstance(branch, Leaf) else ""
