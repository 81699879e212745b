"""Doubts: what in a draft a person has to decide, each with its cell, its text and the reason.

Here stand those about tasks, rows and text; about task points and indicators see the modules beside.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import CIRCLED, Value
from taizhang.intake.programme.draft import Doubt, DoubtKind, TableTaken
from taizhang.intake.programme.tasks import TaskTree

AS_IT_IS = ("原样录入",)
NUMBERED_BY_LEDGER = ("由台账按先后编号",)
_ITEMS_OF_TEXT = 3  # paragraphs: fewer are a list in passing
_PAIRS = {"《": "》", "“": "”", "（": "）", "(": ")", "【": "】"}
_CLOSING = frozenset(_PAIRS.values())
_WIDE = str.maketrans("()", "（）")


def task_doubts(tree: TaskTree) -> Iterator[Doubt]:
    """Tasks under several names, codes that follow from headings only, tasks without code."""
    uncoded = [task for task in tree.tasks() if task.code is None]
    if uncoded:
        yield Doubt(
            kind=DoubtKind.CODE, about=uncoded[0].name, field="任务编号", text="；".join(task.name for task in uncoded),
            reason=f"{len(uncoded)} 项任务没有编号。", choices=NUMBERED_BY_LEDGER, source=uncoded[0].source,
        )  # fmt: skip
    for group, key, names in tree.unlike_names():
        shown = tuple(name for name, _ in names)
        yield Doubt(
            kind=DoubtKind.NAME, about=" ".join(filter(None, (group, key))), field="任务名称", text=names[1][0],
            reason=f"同一任务有 {len(names)} 种名称：{'；'.join(shown)}。", choices=shown, source=names[1][1],
        )  # fmt: skip
    for task in tree.tasks():
        if task.is_derived and task.code is not None:
            yield Doubt(
                kind=DoubtKind.TASK, about=f"{task.code} {task.name}", field="任务编号", text=task.name,
                reason=f"表中没有写编号，由标题推出 {task.code}。", choices=(task.code,), source=task.source,
            )  # fmt: skip


def recoded(found: Mapping[str, tuple[str, Value]]) -> Iterator[Doubt]:
    """Tasks whose label prints another code than the heading with the same name: the heading's was taken."""
    for code, (told, cell) in found.items():
        yield Doubt(
            kind=DoubtKind.CODE, about=code, field="任务编号", text=cell.text,
            reason=f"表中写的是 {told}，所在标题的次序是 {code}；暂按 {code} 录入，以免与另一项任务混在一起。",
            choices=(code, told), source=cell.at(),
        )  # fmt: skip


def rows_passed_over(tables: Iterable[TableTaken]) -> Iterator[Doubt]:
    """Rows of tables taken that hold something and made nothing."""
    for table in tables:
        for row in table.passed_over:
            if row.is_doubtful:
                yield Doubt(
                    kind=DoubtKind.ROW, about=table.name, field="整行", text=row.text, reason=f"{row.reason}。",
                    choices=("不录", "手工补录"), source=row.source,
                )  # fmt: skip


def in_running_text(paragraphs: Sequence[Paragraph]) -> Iterator[Doubt]:
    """Plans that stand in no table: paragraphs that begin with ①②③, asked once."""
    items = [each for each in paragraphs if each.text.strip() and each.text.lstrip()[0] in CIRCLED]
    if len(items) >= _ITEMS_OF_TEXT:
        yield Doubt(
            kind=DoubtKind.ROW, about="正文", field="整段", text=items[0].text.strip(),
            reason=f"正文里有 {len(items)} 段以①②③开头，像是任务点，不在表里，没有录入。",
            choices=("不是任务点", "手工补录"), source=items[0].at(),
        )  # fmt: skip


def unpaired(text: str) -> str | None:
    """The first bracket or quotation mark of a text that has no other half."""
    waiting: list[str] = []
    for place, sign in enumerate(text):
        if sign in _PAIRS:
            waiting.append(sign)
        elif sign in _CLOSING and not _numbers_item(text, place):
            if not waiting or _PAIRS[waiting[-1]].translate(_WIDE) != sign.translate(_WIDE):
                return sign
            waiting.pop()
    return waiting[0] if waiting else None


def _numbers_item(text: str, place: int) -> bool:
    """Whether a closing bracket only follows the number of an item: “1）”."""
    before = text[:place].rstrip("0123456789")
    return text[place] in ")）" and len(before) < place and (not before or before[-1] in "；;。 \n")
