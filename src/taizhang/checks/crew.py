"""Crew: other processes that beside this one read and check some of the files, so that all cores of the machine work.

What a process needs goes to it, and what it found comes back, as pickles through its standard input and output. They
are plain processes and not those of `multiprocessing`, which would run the script of whoever calls the library again.
Where any of this does not work, the files are checked here one after the other: nobody needs to know.
"""

import copyreg
import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, BinaryIO, NamedTuple, Protocol

from taizhang.checks.alone import Alone, Orders, judged
from taizhang.checks.registry import chosen
from taizhang.core.errors import UnreadableDocumentError
from taizhang.core.ledger import Ledger
from taizhang.core.source import Source
from taizhang.documents import Document, read
from taizhang.documents.blocks import Cell, Heading, Paragraph, Piece, Table
from taizhang.profiles import Profile, load
from taizhang.profiles.recognition import Sign, choice, signs_of

_FEWEST = 3  # files
_WORTH = 500_000  # bytes of reports: to start a process costs a second, which is what some five reports take
_TELLING = 150_000  # bytes of one file: what is more are pictures
_MOST = 8  # processes: each holds the rules and a report in memory
_PATIENCE = 0.5  # seconds after which it is looked whether the user wants to stop
_START = "from taizhang.checks.crew import serve; serve()"


@dataclass(frozen=True, slots=True)
class Batch:
    """Files read and judged one by one: the documents and what was found in each, and those that could not be read."""

    documents: tuple[Document, ...]
    alone: tuple[Alone, ...]
    orders: Orders
    unreadable: tuple[tuple[str, str], ...] = ()


class _Read(NamedTuple):
    """What comes back for a file that was read: what it shows of its profile, or why it could not be read."""

    signs: tuple[Sign, ...]
    trouble: str | None


class _LostError(Exception):
    """A process of the crew is gone, or could not do its work."""


@contextmanager
def hired(files: Sequence[Path], processes: int | None) -> Iterator[list["_Member"]]:
    """The processes that help to check these files, none where that is not worth while or does not work.

    Each loads the rules as soon as it is started, while this one does. Whatever happens, none of them is left behind.
    """
    size = min(_cores() if processes is None else processes, len(files), _MOST)
    members: list[_Member] = []
    try:
        if size > 1 and _is_worth_while(files):
            with suppress(OSError):  # those that were started are enough, and so is none
                members.extend(_Member() for _ in range(size - 1))
        yield members
    finally:
        for member in members:
            member.dismiss()


def checked_together(
    members: Sequence["_Member"], files: Sequence[Path], orders: Orders, on_step: Callable[[Path], None]
) -> Batch | None:
    """The files read and judged by these processes and this one; None where there are none, or one is lost."""
    if not members:
        return None
    try:
        return _checked(_Here(), members, files, orders, on_step)
    except (_LostError, OSError, pickle.PickleError):
        return None


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_worth_while(files: Sequence[Path]) -> bool:
    if len(files) < _FEWEST or getattr(sys, "frozen", False) or not sys.executable:
        return False
    try:
        return sum(min(path.stat().st_size, _TELLING) for path in files) >= _WORTH
    except OSError:  # reading it will say why
        return False


def _checked(
    here: "_Here", members: Sequence["_Member"], files: Sequence[Path], orders: Orders, on_step: Callable[[Path], None]
) -> Batch:
    """First every file is read, for the profile follows from all of them; then each is judged where it was read."""
    hands: list[_Hand] = [here, *members]
    waiting = list(range(len(files)))[::-1]
    seen: dict[int, _Read] = {}
    for number, found in _all_of(hands, lambda hand: hand.read(waiting, files), len(files)):
        seen[number] = found
        for _ in range(1 if found.trouble is None else 2):
            on_step(files[number])
    signs = [sign for number in sorted(seen) for sign in seen[number].signs]
    orders = orders._replace(profile=orders.profile or load(choice(signs).name), several=True)
    readable = [number for number in sorted(seen) if seen[number].trouble is None]
    piles = _Piles([hand.own for hand in hands])
    done: dict[int, tuple[Document, Alone]] = {}
    for number, judged_ in _all_of(hands, lambda hand: hand.judge(orders, piles, files), len(readable)):
        done[number] = judged_
        on_step(files[number])
    unreadable = ((files[number].name, seen[number].trouble or "") for number in sorted(seen))
    return Batch(
        tuple(done[number][0] for number in readable),
        tuple(done[number][1] for number in readable),
        orders,
        tuple((name, trouble) for name, trouble in unreadable if trouble),
    )


def _all_of(
    hands: Sequence["_Hand"], work: Callable[["_Hand"], Iterator[tuple[int, Any]]], count: int
) -> Iterator[tuple[int, Any]]:
    """What all bring in while they work side by side, as it comes: the first of them here, the others in threads."""
    brought: SimpleQueue[tuple[int, Any] | Exception] = SimpleQueue()

    def carry(hand: _Hand) -> None:
        try:
            for each in work(hand):
                brought.put(each)
        except Exception as error:  # noqa: BLE001 - a thread has nobody else to tell
            brought.put(error)

    for hand in hands[1:]:
        Thread(target=carry, args=(hand,), daemon=True).start()
    for own in work(hands[0]):
        brought.put(own)
        while not brought.empty():
            yield _sound(brought.get())
            count -= 1
    while count:
        try:
            each = brought.get(timeout=_PATIENCE)
        except Empty:
            continue
        yield _sound(each)
        count -= 1


def _sound(brought: tuple[int, Any] | Exception) -> tuple[int, Any]:
    if isinstance(brought, Exception):
        raise _LostError from brought
    return brought


class _Piles:
    """Which files are still to be judged, each on the pile of who has read it."""

    def __init__(self, piles: Sequence[list[int]]) -> None:
        self._piles = piles
        self._lock = Lock()

    def next_of(self, own: list[int], *, ahead: bool = False) -> int | None:
        """The next of one's own pile, then one of the highest; `ahead` of time only while there is enough for all."""
        with self._lock:
            if ahead and sum(map(len, self._piles)) <= len(self._piles):
                return None
            pile = own or max(self._piles, key=len)
            return pile.pop() if pile else None


class _Hand(Protocol):
    """Who reads and judges files: this process or another one. `own` are the numbers of those it has read."""

    own: list[int]

    def read(self, waiting: list[int], files: Sequence[Path]) -> Iterator[tuple[int, _Read]]:
        """Read one file after the other, as long as any is waiting."""
        ...

    def judge(
        self, orders: Orders, piles: _Piles, files: Sequence[Path]
    ) -> Iterator[tuple[int, tuple[Document, Alone]]]:
        """Judge the files that it has read, and then what others have not come to."""
        ...


class _Here:
    """This process, which works too."""

    def __init__(self) -> None:
        self.own: list[int] = []
        self.work = _Work()

    def read(self, waiting: list[int], files: Sequence[Path]) -> Iterator[tuple[int, _Read]]:
        """Read one file after the other, as long as any is waiting."""
        for number in _taken(waiting):
            found = self.work.read(number, files[number])
            if found.trouble is None:
                self.own.append(number)
            yield number, found

    def judge(
        self, orders: Orders, piles: _Piles, files: Sequence[Path]
    ) -> Iterator[tuple[int, tuple[Document, Alone]]]:
        """Judge the files that it has read, and then what others have not come to."""
        self.work.begin(orders)
        while (number := piles.next_of(self.own)) is not None:
            yield number, self.work.judge(number, files[number])


def _taken(waiting: list[int]) -> Iterator[int]:
    """What is waiting, one after the other; others take from it as well."""
    while True:
        try:
            yield waiting.pop()
        except IndexError:
            return


class _Member:
    """One process, as this one sees it."""

    def __init__(self) -> None:
        # In a session of its own, Ctrl-C reaches this process only, which then dismisses its crew.
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter, and words of our own
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.own: list[int] = []

    def read(self, waiting: list[int], files: Sequence[Path]) -> Iterator[tuple[int, _Read]]:
        """Have it read one file after the other, as long as any is waiting."""
        for number in _taken(waiting):
            found: _Read = self._ask("read", number, files[number])
            if found.trouble is None:
                self.own.append(number)
            yield number, found

    def judge(
        self, orders: Orders, piles: _Piles, files: Sequence[Path]
    ) -> Iterator[tuple[int, tuple[Document, Alone]]]:
        """Have it judge the files that it has read; it is at the next one while this process takes in what it found."""
        self._ask("prepare", orders.conventions, [rule.code for rule in orders.rules], orders.ledger, orders.whole)
        number = piles.next_of(self.own)
        if number is not None:
            self._give("judge", number, files[number])
        while number is not None:
            following = piles.next_of(self.own, ahead=True)
            if following is not None:
                self._give("judge", following, files[following])
            yield number, self._answer()
            if following is None and (following := piles.next_of(self.own)) is not None:
                self._give("judge", following, files[following])
            number = following

    def _ask(self, task: str, *given: object) -> Any:  # noqa: ANN401 - each task has an answer of its own kind
        self._give(task, *given)
        return self._answer()

    def _give(self, task: str, *given: object) -> None:
        tasks = self._process.stdin
        if tasks is None:
            raise _LostError
        pickle.dump((task, given), tasks, pickle.HIGHEST_PROTOCOL)
        tasks.flush()

    def _answer(self) -> Any:  # noqa: ANN401 - as above
        answers = self._process.stdout
        if answers is None:
            raise _LostError
        answer = pickle.load(answers)  # noqa: S301 - what our own process wrote
        if isinstance(answer, _Failure):
            raise _LostError(answer.message)
        return answer

    def dismiss(self) -> None:
        """End it at once: it holds nothing that is worth keeping."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):  # what was not yet written went nowhere
                    stream.close()


class _Failure(NamedTuple):
    """What a process could not do; the other one then does it all itself, and fails in the open."""

    message: str


class _Work:
    """What a process of the crew does and keeps in between."""

    def __init__(self) -> None:
        self._documents: dict[int, Document] = {}
        self._orders: Orders | None = None

    @property
    def whole(self) -> bool:
        """Whether documents go back with all that is in them."""
        return self._orders is None or self._orders.whole

    def read(self, number: int, path: Path) -> _Read:
        """Read a file and keep the document."""
        try:
            document = self._documents[number] = read(path)
        except UnreadableDocumentError as error:
            return _Read((), str(error))
        return _Read(tuple(signs_of(document)), None)

    def prepare(self, profile: Profile, codes: Sequence[str], ledger: Ledger | None, whole: bool) -> None:
        """Take note of how the documents are to be judged, and of what is to go back."""
        rules = tuple(rule for rule in chosen() if rule.code in codes)
        self.begin(Orders(profile, rules, ledger, several=True, whole=whole))

    def begin(self, orders: Orders) -> None:
        """The same where the orders are at hand."""
        self._orders = orders

    def judge(self, number: int, path: Path) -> tuple[Document, Alone]:
        """Judge a document and let go of it; one that another process has read is read again."""
        if self._orders is None:
            raise LookupError
        document = self._documents.pop(number, None) or read(path)
        alone = judged(document, self._orders)
        return document if self._orders.whole else _named_only(document), alone


def _by_parts(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    """How to tell a value by its fields in order, which are all that its constructor asks for."""
    if issubclass(kind, tuple):
        return lambda each: (kind, tuple(each))
    parts = attrgetter(*kind.__match_args__)
    return lambda each: (kind, parts(each))


# There are thousands of these in a report; what pickle does of itself with a class takes it twice as long.
_BY_PARTS: dict[type, Any] = {kind: _by_parts(kind) for kind in (Source, Piece, Cell, Paragraph, Heading, Table)}


def _packed(answer: object, *, whole: bool) -> bytes:
    """An answer as it goes back; of tables, where nobody will look into the documents, only their names."""
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {**copyreg.dispatch_table, **_BY_PARTS}
    if not whole:
        pickler.dispatch_table |= {Table: lambda table: _by_parts(Table)(table.named())}
    pickler.dump(answer)
    return buffer.getvalue()


def _named_only(document: Document) -> Document:
    """A document of which only the names of its tables and what was left over are kept."""
    return Document(document.file, document.format, [table.named() for table in document.tables], document.leftovers)


def serve() -> None:
    """Be a process of the crew, until there is nobody left who asks."""
    tasks, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what anything prints must not get between the answers
    gc.disable()  # as in the process that asks
    chosen()  # the rules are loaded now, as they are there
    work = _Work()
    outgoing: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_send, args=(outgoing, answers), daemon=True).start()
    while True:
        try:
            task, given = pickle.load(tasks)  # noqa: S301 - what the process that started this one wrote
        except EOFError:
            return
        try:
            answer: object = getattr(work, task)(*given)
        except Exception as error:  # noqa: BLE001 - told to the process that asks
            answer = _Failure(repr(error))
        outgoing.put(_packed(answer, whole=work.whole))


def _send(outgoing: SimpleQueue[bytes], answers: BinaryIO) -> None:
    """Send one answer after the other: the process that asks is at work itself, and need not take them at once."""
    while True:
        answers.write(outgoing.get())
        answers.flush()
