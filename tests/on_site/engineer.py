"""The engineer: sees the screen, does what it asks for with their hands, answers, and writes down what it took.

Knows neither plan nor journal. What to make of a text stands in ``benchmarks/on_site_hands.yaml``, how long things take in
``benchmarks/on_site_times.yaml``. What is not known there is refused: ``LostError``.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import yaml

from tests import ROOT
from tests.on_site.site import Asked, Ended, Site, Window
from tests.runtime.test_examples_run import CRYPT_PASS, SECRET

FOLDER = ROOT / "benchmarks"
UPDATES = r"C:\ProgramData\OQS\OQSDistroApp\config\OQSDistroApp.ini"
STATUS = {"1": "未適用更新ファイルなし", "3": "再起動待ち"}
MOST = 40
"""So often at most something is opened, restarted or signed in; more is going round in circles."""
FAR = 400
"""So many questions at most."""
HELD = 30
"""So many times a key that is held down comes again: a second."""
HALF = 0.5
KEYS_WITHIN = 3
"""The line of keys is among so many last lines of a screen."""
STAFF = "staff"
"""The block of all that is done from the sign-out for one of the staff until OqsComApp is signed in again."""
PROFILE = r"C:\Users\{}\AppData"
LOOKS = 4
"""So often the engineer lets the PC look before doing something else."""


class LostError(Exception):
    """The screen says nothing that the engineer could go by."""


@dataclass(frozen=True)
class Paper:
    """What the engineer has with them: printed rows (who does it, title), and values by name.

    ``needs``: what from outside a row cannot be done without, by its title; that of what it comes after, too.
    """

    rows: tuple[tuple[str, str], ...]
    values: Mapping[str, str]
    needs: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Manner:
    """How the engineer works. ``missing``: what is not there, by its name in ``specs/visit.yaml``.

    ``careless``: how often, of 1, a question gets one of ``keys`` instead of its answer; ``always``: the key that each question
    gets which offers it. ``early``: how often a key is pressed before anybody asks, ``held``: and kept down. ``uac``: how often
    the window of Windows is declined, or times out.
    The others count questions from 0. ``cut_at``, ``stick_out_at``, ``quit_at``: the power goes, the stick is pulled out, the
    engineer breaks off where that is offered next; ``late_at``: from then on everything is put off. ``stick_out``: it is pulled
    out once the screen says that it may be.
    """

    missing: frozenset[str] = frozenset()
    rounds: int = 0
    careless: float = 0
    keys: Sequence[str] = ("", "s", "n", "q")
    always: str = ""
    early: float = 0
    held: bool = False
    uac: float = 0
    cut_at: int | None = None
    stick_out_at: int | None = None
    stick_out: bool = False
    quit_at: int | None = None
    late_at: int | None = None
    seed: int = 0


GOOD = Manner()


@dataclass(frozen=True)
class Event:
    """Something that was done or seen: how many actions it took, and when (seconds from the arrival)."""

    what: str
    at: float
    actions: int = 0
    block: str = ""
    outside: bool = False
    detail: str = ""
    typed: int = 0


@dataclass
class Diary:
    """What came of a visit. ``busy`` is when the PC has done what only takes time; ``idle``: waited for that alone."""

    events: list[Event] = field(default_factory=list)
    screens: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    """Patterns of what the screen asked for, titles of what the paper did."""
    put_off: list[str] = field(default_factory=list)
    lacked: list[str] = field(default_factory=list)
    """What was shown where something from outside was missing."""
    now: float = 0
    busy: float = 0
    idle: float = 0
    usable: float | None = None
    verdict: float | None = None
    """Seconds from the first launcher on."""
    first: int | None = None
    """How many events there were before the first number was on the screen."""
    finished: bool = False
    early: int = 0
    """How many questions were answered by keys that were typed before they were asked."""

    def count(self, what: str) -> int:
        return sum(event.what == what for event in self.events)


@cache
def data(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return found


def seen(pattern: str, text: str) -> re.Match[str] | None:
    """A pattern in what is shown, also where that goes over two lines."""
    return re.search(pattern, text) or re.search(pattern, re.sub(r"\n *", "", text))


def is_about(hand: Mapping[str, Any], text: str) -> bool:
    """Whether hands are for a step on the screen; what the paper alone says to do they are not, unless it is by hand."""
    pattern = hand.get("screen") or hand["paper"]
    if "paper" in hand and (pattern == "." or hand.get("class") == "apply"):
        return False
    return seen(pattern, text) is not None


def in_place(hand: Mapping[str, Any], text: str, person: str = "") -> Mapping[str, Any]:
    """The hands, with what they write where the screen says it, and in the profile of whoever is signed in."""
    match = seen(hand.get("screen") or hand["paper"], text)
    named = {f"{{{name}}}": value for name, value in (match.groupdict() if match else {}).items()}
    if person:
        named[PROFILE.format("OqsComApp")] = PROFILE.format(person)
    return {
        **hand,
        **{part: _named(hand[part], named) for part in ("writes", "adds") if part in hand},
    }


def _named(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Keys, at any depth, with what stands for their names."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        for name, instead in names.items():
            key = key.replace(name, instead)
        found[key] = _named(value, names) if isinstance(value, Mapping) else value
    return found


def _offers(asked: Asked, key: str) -> bool:
    """Whether a question has such a key: in it, or in the line of keys above."""
    # What was typed before stands behind the question.
    echo = asked.prompt or "\n"
    shown = [line for line in asked.text.rstrip("\n").split("\n") if echo not in line]
    near = shown[-KEYS_WITHIN:]
    return any(re.search(rf"(?<!\w){key}(?!\w)", line) for line in (*near, asked.prompt))


@dataclass
class Engineer:
    """At work on one PC."""

    site: Site
    paper: Paper
    manner: Manner = GOOD
    back: str = ""
    """What the sheet says to begin with at another visit (``again``, ``rebuilt``); empty at the first."""
    ticked: Sequence[str] = ()
    """What the paper says of a visit before."""
    diary: Diary = field(default_factory=Diary)

    def __post_init__(self) -> None:
        self._know = data("on_site_hands.yaml")
        self._times = data("on_site_times.yaml")
        self._pick = random.Random(self.manner.seed)
        self._rounds = self.manner.rounds
        self._seen: set[str] = set()
        self._shown: list[str] = []
        self._made: dict[str, str] = {}
        self._typed = ""
        self._account = self.paper.values["account"]
        self._questions = 0
        self._moves = 0
        self._cut = False
        self._quits = False
        self._running: list[tuple[float, Mapping[str, Any]]] = []
        self._window: Window | None = None
        self._turn = False
        self._begun: dict[str, float] = {}

    def visit(self) -> Diary:
        """From the door to the last word of the screen, or to where nothing goes on."""
        self._work()
        self.diary.early = self.site.answered_early()
        return self.diary

    def _work(self) -> None:
        self._spend("arrival")
        self._arrive()
        does, last, worked = self._begin(), "", -1
        while does:
            ended: Ended | None = None
            for move in does:
                ended = self._move(move) or ended
                if move == "sign-in" and ended:
                    # It has opened by itself.
                    break
            if self.diary.finished or self._quits:
                break
            assert ended is not None, does
            if self._cut:
                # Somebody switches it on again, and the sheet says what to open.
                self._cut = False
                does = [
                    "restart",
                    *self._know["again" if self.site.has(self._account) else "begun"],
                ]
                continue
            text = re.sub(r"(?m)^結果.*$|\d+:\d\d|[ 　]", "", ended.text)
            if text == last and worked == len(self.diary.done):
                if not self.manner.always:
                    self._move("paper")
                break
            last, worked = text, len(self.diary.done)
            does = self._next(ended.text)

    def _begin(self) -> list[str]:
        """What the sheet says to do first, with the launchers that are in the folder."""
        if self.back:
            return list(self._know[self.back])
        job = self.paper.values["job"]
        return next(list(e["does"]) for e in self._know["begin"] if e.get("job", job) == job)

    # What goes on at the PC

    def _move(self, move: str) -> Ended | None:
        verb, _, what = move.partition(" ")
        self._moves += 1
        if self._moves > MOST * 4:
            raise LostError("going round in circles")
        if verb == "icon":
            if self.site.has_icon(what):
                return self._open(what, self.site.open_icon)
            self._move("folder")
            verb, what = "open", self._last_opened
        if verb == "open":
            return self._open(what, self.site.open)
        if verb == "entry":
            self._tool("folder", what)
            self._spend("click", 2)
            return self._open(what, self.site.open_entry)
        if verb == "sign-in" and self.back and not self.site.has(self._account):
            # The visit before never came so far: it goes on as whoever has set up Windows.
            return None
        if verb in ("folder", "restart", "sign-out", "sign-in"):
            self._tool(verb)
        if verb == "folder":
            self._spend("click", 3)
        elif verb == "restart":
            self.wait_for_all()
            self.site.restart()
            self._wait("restart")
            self._come_into_force()
        elif verb == "sign-out":
            self._spend("sign_out")
        elif verb == "sign-in":
            first = not self.site.has_profile(self._account)
            window = self.site.sign_in(self._account)
            self._spend("sign_in")
            self._spend("secret", len(SECRET))
            if first:
                self._tool("profile")
                self._wait("profile", self._meanwhile())
            self._turn = self._turn and self._account != self.paper.values["account"]
            if window is None:
                return None
            self._note("opened")
            return self._sit(window)
        elif verb == "paper":
            self._work_through_paper()
        elif verb == "end":
            self.diary.finished = True
        else:
            raise LostError(f"no such move: {move}")
        return None

    def _open(self, what: str, how: Callable[[str], Window]) -> Ended:
        """A double-click on a launcher, or on an icon that leads to one."""
        if how == self.site.open:
            self._last_opened = what
        self._tool("open", what)
        self.sync()
        self._spend("click")
        self._wait("launcher")
        return self._sit(how(what))

    def _sit(self, window: Window) -> Ended:
        """Before a window that is open, until it ends: a key closes it, where Windows has not."""
        try:
            shown = self._sit_before(window)
        except BaseException:
            window.leave()
            raise
        if (self.site.computer.folder / "pocket").exists():
            self.site.plug_stick()
        if self._cut:
            return shown
        self._wait("user_pass")
        self._read(shown.text)
        if how := self.site.leave():
            self._note(how)
            self._wait("restart" if how == "restart" else "sign_out")
            if how == "restart":
                self._come_into_force()
            # What comes next stood above the last question.
            return Ended(self._above + shown.text, shown.code)
        self._tool("close")
        self._spend("key")
        return shown

    def _sit_before(self, window: Window) -> Ended:
        """Answers until the window ends, or the power."""
        self._window = window
        while isinstance(shown := window.next(), Asked):
            if shown.way == "watch" and not shown.text and self._let_it_look(window):
                continue
            self._looks = 0 if shown.text else self._looks
            # It stands there still where nothing came to it.
            self._above = shown.text or self._above
            self._read(shown.text + shown.prompt)
            self._questions += 1
            if self._questions > FAR:
                raise LostError("asked without end")
            if self._questions - 1 == self.manner.cut_at:
                self._cut = True
                self._note("power cut")
                window.cut()
                break
            if self._questions - 1 == self.manner.stick_out_at or self._may_pull(shown.text):
                self.site.pull_stick()
                self._note("stick out")
            self._reply(window, shown)
        assert window.ended
        return window.ended

    def _next(self, text: str) -> list[str]:
        for entry in self._know["next"]:
            match = seen(entry["screen"], text)
            if entry.get("unless") in self.site.launchers():
                continue
            if entry.get("put_off") and not self.diary.put_off:
                continue
            if match and seen(entry.get("and", ""), text):
                self._account = match.groupdict().get("account", self._account)
                return list(entry["does"])
        raise LostError(f"the screen does not say what comes next: {text[-400:]}")

    # Questions

    def _may_pull(self, text: str) -> bool:
        """Whether the screen has just said that the stick can go, for one who waits for that."""
        said = (
            self.manner.stick_out and self.site.stick_in and re.search(self._know["copied"], text)
        )
        return bool(said)

    def _let_it_look(self, window: Window) -> bool:
        """The PC has not seen it yet: once more, but not for ever."""
        self._looks += 1
        if self._looks > LOOKS:
            return False
        self._spend("look")
        self.sync()
        window.wait()
        return True

    def _reply(self, window: Window, asked: Asked) -> None:
        entry = self._answer_to(asked)
        what = {"uac": "uac", "dialog": "dialog", "secret": "secret"}.get(asked.way, "question")
        typed = self._careless(asked)
        if typed is None:
            typed = self._right(entry, asked)
            done = asked.way == "watch" and typed == entry.get("type") and not entry.get("begins")
            if done and self._looks == 0:
                # Done: the PC sees it, and goes on.
                self._note("watched", detail=asked.prompt)
                self._looks = 1
                self._spend("look")
                self.sync()
                window.wait()
                return
        self._typed = typed
        self.sync()
        if self.manner.early and self._pick.random() < self.manner.early:
            self.site.type_ahead("\n", "\n" * HELD if self.manner.held else "")
        if asked.way == "uac":
            self._tool("uac", what="uac")
            self._spend("click")
            if typed == "はい":
                window.answer(typed)
                self._wait("machine_pass")
                return
        elif asked.way == "dialog":
            self._note("dialog", 1, "6 証明書")
            self.diary.done.append(asked.prompt)
        else:
            actions = 1 + (typed != "")
            self._note(what, actions, "tool", detail=asked.prompt)
            self._spend("secret" if what == "secret" else "typed", len(typed))
            self._spend("key")
        self._turn = self._turn or (typed == entry.get("type") and "turns" in entry)
        window.answer(typed)

    def _answer_to(self, asked: Asked) -> Mapping[str, Any]:
        for entry in self._know["answers"]:
            way = entry.get("way", asked.way)
            asks = way == asked.way and re.search(entry["asks"], asked.prompt)
            if asks and seen(entry.get("screen", ""), asked.text):
                found: Mapping[str, Any] = entry
                return found
        raise LostError(f"no answer is known to {asked.prompt!r} below {asked.text[-300:]!r}")

    def _careless(self, asked: Asked) -> str | None:
        """What is answered without a thought, None where there was one."""
        manner = self.manner
        if asked.way == "uac":
            if self._pick.random() >= manner.uac:
                return None
            if self._pick.random() < HALF:
                self._note("uac timed out")
                self._wait("uac")
            return "いいえ"
        if manner.quit_at is not None and self._questions > manner.quit_at and _offers(asked, "q"):
            self._quits = True
            return "q"
        if manner.always and _offers(asked, manner.always):
            return manner.always
        if self._pick.random() < manner.careless:
            if asked.way == "dialog":
                return "いいえ"
            return "" if asked.way == "secret" else self._pick.choice(manner.keys)
        return None

    def _right(self, entry: Mapping[str, Any], asked: Asked) -> str:
        if self._late and "later" in entry:
            return self._put_off(entry, asked)
        if entry.get("needs") in self.manner.missing:
            self.diary.lacked.append(self._about(asked.text))
            return self._put_off(entry, asked)
        if entry.get("hands") and not self._hands_for(asked):
            return self._put_off(entry, asked)
        if entry.get("waits"):
            self.wait_for_all()
        if entry.get("plugs") and not self.site.stick_in:
            self.site.plug_stick()
        if entry.get("copies"):
            self._copy(asked.text)
        if "each" in entry:
            return " ".join(
                self._right(self._answer_to(replace(asked, prompt=match["asks"])), asked)
                for match in re.finditer(entry["each"], asked.text, re.MULTILINE)
            )
        if "paper" in entry:
            above = seen(entry.get("screen", ""), asked.text)
            names = entry["paper"].format(**above.groupdict() if above else {}).split(", ")
            return " ".join(self.paper.values[name] for name in names)
        if "secret" in entry:
            return self._secret(entry, asked)
        if "look" in entry:
            return self._look()
        return str(entry["type"])

    @property
    def _late(self) -> bool:
        """Whether the time is up."""
        return self.manner.late_at is not None and self._questions > self.manner.late_at

    def _put_off(self, entry: Mapping[str, Any], asked: Asked) -> str:
        later = entry.get("later")
        if later is None or not _offers(asked, later):
            raise LostError(f"it cannot be put off: {asked.prompt}")
        self.diary.put_off.append(self._about(asked.text))
        return str(later)

    def _secret(self, entry: Mapping[str, Any], asked: Asked) -> str:
        sort = entry["secret"]
        if sort == "again":
            return self._typed
        match = re.search(entry["asks"], asked.prompt)
        assert match
        return {
            "crypt": CRYPT_PASS,
            "made": self._made.get(match.groupdict().get("name") or "", SECRET),
        }.get(sort, SECRET)

    def _copy(self, text: str) -> None:
        for match in re.finditer(self._know["remembers"], text, re.MULTILINE):
            self._made[match["name"]] = match["value"]
            self._spend("turn")
            self._spend("character", 2 * len(match["value"]))

    def _look(self) -> str:
        return self._status

    # Hands

    def _about(self, text: str) -> str:
        """The step that is shown: from its heading on; all of it where there is none."""
        for heading in self._know["heading"]:
            starts = [match.start() for match in re.finditer(heading, text, re.MULTILINE)]
            if starts:
                return text[starts[-1] :].strip()
        # Hands were no use: it is still about the same.
        return self._last_about if not text or self._know["still"] in text else text.strip()

    def _hands_for(self, asked: Asked) -> bool:
        """Does what is shown; False where that is not possible, or was done before and is still asked for."""
        about = self._about(asked.text)
        person = self._account if self._turn else ""
        known = [hand for hand in self._know["hands"] if is_about(hand, about)]
        hands = [in_place(hand, about, person) for hand in known]
        if not hands:
            raise LostError(f"nothing is known to do at {about[:300]!r}")
        again = about == self._last_about
        self._last_about = about
        if any(hand.get("needs") in self.manner.missing for hand in hands):
            self.diary.lacked.append(about)
            return False
        for hand in hands:
            mark = f"{person} {hand.get('screen') or hand['paper']}".strip()
            if mark in self.diary.done and not hand.get("again"):
                # For another step of theirs they are done; for the same one they were no use.
                if again:
                    if hand.get("shows") in self.manner.missing:
                        self.diary.lacked.append(about)
                    self._note("still asked", detail=mark)
                    return False
                continue
            self.use(hand)
            self.diary.done.append(mark)
        if not re.search(self._know["behind"], asked.text):
            self.wait_for_all()
        return True

    _looks = 0
    _last_about = ""
    _last_opened = "1_適用.cmd"
    _above = ""
    _status = "1"

    def use(self, hand: Mapping[str, Any]) -> None:
        """Does something; what the PC then takes goes on by itself."""
        self._spend("turn")
        pressed, typed = self._fill(self._form(hand))
        self._note(
            "hands",
            hand["actions"] + pressed,
            hand["block"],
            outside=hand.get("outside", False),
            detail=hand.get("screen") or hand["paper"],
            typed=typed,
        )
        begun = self._begun.pop(hand.get("screen") or hand["paper"], 0)
        self.diary.now += 60 * hand["minutes"] - begun
        if hand.get("does") == "update":
            # Where nothing is to be brought, it is over after a look.
            what = hand["wait"] if self._rounds else "connection_check"
            self._start({**hand, "ends": "3" if self._rounds else "1"}, what)
            self._rounds = max(0, self._rounds - 1)
            self._status = "4"
        elif "wait" in hand:
            self._start(hand, hand["wait"])
        else:
            self._finish(hand)

    def _form(self, hand: Mapping[str, Any]) -> list[str]:
        """What fields ask for: patterns, or those of the paper under that name; an address only where the PC has not opened it."""
        form = hand.get("form", [])
        asked = self.paper.values.get(form, "").split("\n") if isinstance(form, str) else form
        address = [hand["address"]] if "address" in hand else []
        opened = [page for page in address for shown in self.site.opened if re.match(page, shown)]
        return [field_ for field_ in (*address, *asked) if field_ and field_ not in opened]

    def _fill(self, form: Sequence[str]) -> tuple[int, int]:
        """Puts what the fields of a form ask for into them: how often F8 was pressed for that, and how many were typed."""
        pressed = typed = 0
        for field_ in form:
            presses, found = self._find(field_)
            pressed += presses
            if found and self._window:
                self._window.do("paste")
            else:
                typed += 1
        return pressed, typed

    def _find(self, wanted: str) -> tuple[int, bool]:
        """Looks for a value among those that are handed over, from the one that comes now on; goes back where it is not there."""
        site, presses = self.site, 0
        begun = site.handed.get("left")
        while site.handed.get("left") and self._window:
            if re.fullmatch(wanted, site.clipboard):
                return presses, True
            if not site.handed["keys"] or site.handed["left"] == 1 or presses == LOOKS:
                break
            self._window.do("next")
            presses += 1
            self._spend("key")
        # F8 for a value that has come by itself has not gone on.
        while self._window and site.handed.get("left") != begun:
            self._window.do("back")
            presses += 1
            self._spend("key")
        return presses, False

    def _start(self, hand: Mapping[str, Any], what: str) -> None:
        """What hands have begun goes on by itself, and ends when the PC's clock says so."""
        if "starts" in hand:
            self.site.change(hand["starts"])
        end = self.diary.now + self._times[what]["seconds"]
        self._running.append((end, hand))

    def _finish(self, hand: Mapping[str, Any]) -> None:
        """What there is once it has ended."""
        if "ends" in hand:
            self._status = hand["ends"]
            self.site.change({UPDATES: f"[Information]\r\nStatus={STATUS[self._status]}\r\n"})
        if "brings" in hand and hand.get("shows") not in self.manner.missing:
            self.site.bring(set(hand["brings"]), hand.get("only"), self._account)
        if "another" in hand and hand.get("shows") not in self.manner.missing:
            self.site.another(hand["another"])
        if "adds" in hand:
            self.site.add(hand["adds"])
        if "writes" in hand:
            self.site.change(hand["writes"])

    def _come_into_force(self) -> None:
        """After a restart what the last round of updates brought waits for none any more."""
        if not self._rounds and self._status == "3":
            self._status = "1"

    def wait_for_all(self) -> None:
        """Nothing else is offered until what runs has ended."""
        end = max((end for end, _ in self._running), default=self.diary.now)
        self.diary.idle += max(0, end - self.diary.now)
        self.diary.now = max(self.diary.now, end)
        self.sync()

    def sync(self) -> None:
        """The PC's clock is the engineer's: what has ended by now has ended there."""
        self.site.pass_time(self.diary.now)
        for end, hand in sorted(self._running, key=lambda one: one[0]):
            if end <= self.diary.now:
                self._running.remove((end, hand))
                self._finish(hand)

    def _arrive(self) -> None:
        """The cable is in. Names resolve where no router has to be told first."""
        if "line" not in self.manner.missing:
            # At another visit it has been told, wherever that was possible.
            router = "router" in self.paper.values and not any(
                hand.get("shows") == "line" and hand.get("screen") in self.ticked
                for hand in self._know["hands"]
            )
            only = {"^(?!hosts|ports)" if router else "^(?!ports)": "."}
            self.site.bring({"pre-line"}, only | {"ports": self._answering()})
        self.site.bring({"pre-generic-reader"})

    def _answering(self) -> str:
        """What answers on arrival, as a pattern: not what the engineer's own hands have still to open."""
        titles = [title for _, title in self.paper.rows]
        closed = [
            hand["only"]["ports"]
            for hand in self._know["hands"]
            if "ports" in hand.get("only", {})
            and any(hand["screen"] in title for title in titles)
            and hand["screen"] not in self.ticked
        ]
        return f"^(?!{'|'.join(closed)})" if closed else "."

    def _work_through_paper(self) -> None:
        if self._late:
            return
        for who, title in self.paper.rows:
            if self.paper.needs.get(title, frozenset()) & self.manner.missing:
                continue
            for hand in self._know["hands"]:
                wanted = hand.get("class", who)
                if "paper" in hand and wanted == who and re.search(hand["paper"], title):
                    known = {hand["paper"], title} & {*self.diary.done, *self.ticked}
                    if not known and hand.get("needs") not in self.manner.missing:
                        self.use(hand)
                        self.diary.done.append(title)
                        self._look_whether_usable()
                    break
        self.wait_for_all()

    # The clocks, and what is written down

    def _note(self, what: str, actions: int = 0, block: str = "", **more: Any) -> None:
        if self._turn:
            block, more = STAFF, more | {"outside": True}
        self.diary.events.append(Event(what, self.diary.now, actions, block, **more))

    def _tool(self, move: str, detail: str = "", what: str = "") -> None:
        self._note(what or move, self._know["tool"][move], "tool", detail=detail)

    def _spend(self, what: str, times: float = 1) -> None:
        self.diary.now += times * self._times[what]["seconds"]

    def _wait(self, what: str, hand: Mapping[str, Any] | None = None) -> None:
        """Something runs on the PC, and the screen offers nothing else, or only to begin with some hands' work."""
        diary = self.diary
        diary.busy = max(diary.busy, diary.now) + self._times[what]["seconds"]
        waited = diary.busy - diary.now
        if hand:
            begun = min(waited, 60 * hand["minutes"])
            self._begun[hand["paper"]] = begun
            waited -= begun
        diary.idle += waited
        diary.now = diary.busy

    def _meanwhile(self) -> Mapping[str, Any] | None:
        """What the last screen has offered to begin with, where that was not done or begun by then."""
        done = {*self.diary.done, *self._begun}
        for hand in self._know["hands"]:
            offered = "meanwhile" in hand and seen(hand["meanwhile"], self._above)
            if offered and hand["paper"] not in done:
                found: Mapping[str, Any] = hand
                return found
        return None

    def _read(self, text: str) -> None:
        """What was not read before takes time."""
        self.diary.screens.append(self.site.on_windows(text))
        if self.diary.first is None and re.search(self._know["heading"][0], text, re.MULTILINE):
            self.diary.first = len(self.diary.events)
        self._spend("screen")
        for line in text.split("\n"):
            self._shown.append(line.strip())
            if line not in self._seen:
                self._seen.add(line)
                # Blanks that make columns are not read.
                self._spend("character", len(re.sub("  +", " ", line.strip())))
            self._look_for_the_verdict(line)
        self._look_whether_usable()

    def _look_for_the_verdict(self, line: str) -> None:
        """When the line's verdict is read for the first time; what stands below it is read later."""
        if self.diary.verdict is None and re.search(self._know["verdict"], line.strip()):
            opened = (e.at for e in self.diary.events if e.what in ("open", "opened"))
            self.diary.verdict = self.diary.now - next(opened, self.diary.now)

    def _look_whether_usable(self) -> None:
        """When reception can use it for the first time."""
        if self.diary.usable is not None:
            return
        seen = "\n".join((*self._shown, *self.diary.done))
        rows = [title for _, title in self.paper.rows]
        needed = [
            one["seen"]
            for one in self._know["usable"]
            if any(re.search(one["row"], row) for row in rows)
        ]
        if needed and all(re.search(pattern, seen, re.MULTILINE) for pattern in needed):
            self.diary.usable = self.diary.now
