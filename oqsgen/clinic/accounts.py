"""Accounts of which each belongs to one thing of the facility: a reader's, a terminal's. Twice over all terminals is an error."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from oqsgen.clinic import derive
from oqsgen.clinic.linkage import linkage_account
from oqsgen.clinic.problem_at import line_of, locate, problem
from oqsgen.clinic.profile import TerminalProfile
from oqsgen.input.nodes import Mapping, Node, Position, Scalar
from oqsgen.input.nodes import Sequence as Nodes
from oqsgen.input.problems import Problem
from oqsgen.resources import spec
from oqsgen.text import half_width, shown, trimmed


def face_accounts(profile: TerminalProfile) -> tuple[str | None, ...]:
    """The ID of each reader's account: as written, else NTT's; None where the clinic chooses it."""
    prefix = spec("portal")["start_pack"]["face"]
    proposed = [f"{prefix}{n:02}" if profile.ntt_start_pack else None for n in range(1, 100)]
    return tuple(
        reader.account or proposed[number % len(proposed)]
        for number, reader in enumerate(profile.readers)
    )


class _Rule(NamedTuple):
    """Where accounts of one sort stand in a terminal's keys, and what is said of one that is there twice."""

    code: str
    of: Callable[[Mapping], Iterator[Scalar]]
    rule: str
    remedy: str


def repeated_accounts(file: str, roots: Sequence[Mapping]) -> Iterator[Problem]:
    """One problem for each account that several readers or terminals have; ``roots`` are the terminals' keys."""
    for rule in _RULES:
        uses: dict[str, list[Scalar]] = {}
        for root in roots:
            for node in rule.of(root):
                uses.setdefault(_plain(node), []).append(node)
        for nodes in uses.values():
            yield from _repeated(file, rule, nodes)


class Account(NamedTuple):
    """An account of a terminal, as written or as NTT's start pack has it, and where it is told of."""

    rule: _Rule
    text: str
    position: Position
    path: str


def accounts_of(root: Mapping, profile: TerminalProfile) -> Iterator[Account]:
    """The accounts of a terminal without errors; one that nobody wrote stands at the terminal's name."""
    linkage = linkage_account(profile) if derive.linkage(profile) else None
    for rule, texts in zip(_RULES, (face_accounts(profile), (linkage,)), strict=True):
        nodes = {_plain(node): node for node in rule.of(root)}
        for text in filter(None, texts):
            node = nodes.get(text.upper())
            place = (node.position, node.path) if node else locate(root, ("terminals", 0, "name"))
            yield Account(rule, text, *place)


def repeated_defaults(
    file: str, terminals: Sequence[tuple[Mapping, TerminalProfile]]
) -> Iterator[Problem]:
    """The same of accounts that NTT's start pack has where none is written, for terminals without errors."""
    owners: dict[str, str] = {}
    for root, profile in terminals:
        for account in accounts_of(root, profile):
            owner = owners.setdefault(account.text.upper(), profile.terminal.name)
            if owner != profile.terminal.name:
                position, path = locate(root, ("terminals", 0, "name"))
                message = (
                    f"スタートパックの既定の「{account.text}」は、端末 {owner} のアカウントです。{account.rule.rule}"
                    f"この端末の{account.rule.remedy}書いてください。"
                )
                yield problem(file, position, path, account.rule.code, message)


def _repeated(file: str, rule: _Rule, nodes: Sequence[Scalar]) -> Iterator[Problem]:
    places = {node.position: node for node in nodes}
    first, *others = places.values()
    if len(nodes) > 1 and not others:
        message = (
            f"「{shown(first.text)}」が {len(nodes)} 台の端末に付きます。{rule.rule}"
            f"この値を消すか、端末ごとに{rule.remedy}書いてください。"
        )
        yield problem(file, first.position, first.path, rule.code, message)
    for node in others:
        message = (
            f"「{shown(node.text)}」は {line_of(file, first.position, node.position)}にも書かれています。{rule.rule}"
            "それぞれ別の値にしてください。"
        )
        yield problem(file, node.position, node.path, rule.code, message)


def _plain(node: Scalar) -> str:
    return half_width(trimmed(node.text)).upper()


def _readers(root: Mapping) -> Iterator[Scalar]:
    entry = root.get("readers")
    for reader in entry.value.items if entry and isinstance(entry.value, Nodes) else ():
        yield from _scalar(reader, "account")


def _linkage(root: Mapping) -> Iterator[Scalar]:
    entry = root.get("his")
    if entry:
        yield from _scalar(entry.value, "login_key_user")


def _scalar(node: Node, key: str) -> Iterator[Scalar]:
    entry = node.get(key) if isinstance(node, Mapping) else None
    if entry and isinstance(entry.value, Scalar) and not entry.value.is_null:
        yield entry.value


_RULES = (
    _Rule(
        "READER_ID_DUP",
        _readers,
        "顔認証用アカウントはカードリーダー1台に1つです。",
        " override の readers に、その端末の機器と account を",
    ),
    _Rule(
        "LOGIN_KEY_DUP",
        _linkage,
        "連携用アカウントは端末1台に1つです。",
        " override の his に login_key_user を",
    ),
)
