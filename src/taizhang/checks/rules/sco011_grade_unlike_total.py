"""SCO011: the grade does not fit the total score."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, at_value, related, rule
from taizhang.checks.rules._forms import settings, shown
from taizhang.core.scoring import Grade, grade_of, grades_of
from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import Form, grade_in, points
from taizhang.intake.plans import Value
from taizhang.intake.reading import Reading

_TOLD = re.compile(
    r"(?:得分|总分|评分|分数|自评)(?:结果)?(?:合计|总计)?(?:为|是|达|：|:)?\s*(?P<score>\d{1,3}(?:\.\d+)?)\s*分[^。；;\d]{0,16}?"
    r"(?:等级|等次|结论|评为|评定为|定为|档次)(?:为|是|：|:)?\s*[“\"‘]?(?P<grade>优秀|优|良好|良|中等|中|合格|不合格|差)(?![一-鿿]*[质化势越先])"
)

_SCORED = re.compile(
    r"(?:自评|评价|综合)(?:总?得分|总分|评分|结果|分数)(?:为|是|达|：|:)?\s*(?P<score>\d{1,3}(?:\.\d+)?)\s*分"
)
_GRADED = re.compile(
    r"(?:自评|评价|绩效|综合)(?:等级|等次|结论|档次)(?:评?定?为|是|：|:)\s*[“\"‘]?(?P<grade>优秀|优|良好|良|中等|中|合格|不合格|差)(?=[”\"’，。；]|$)"
)
_SENTENCE = re.compile(r"[^。；;\n]+")
_OF_OTHERS = re.compile(r"\d\s*分|上年|去年|20\d\d|上一年|其他|部分|[以及]上|以下|个项目|各|分别|如果|力争|争取")
_HUNDRED = Decimal(100)
_SIGHT = 3  # paragraphs below a form that still belong to it
_SHORT = 40


@rule("SCO011", kind="score_mismatch", severity="error", since="0.1")
def grade_unlike_total(context: Context) -> Iterator[Problem]:
    """自评等级与总分不符。

    ## 为什么
    90 分以上为优、80 分以上为良、60 分以上为中；等级高写一档，结论就不成立。

    ## 不合格
    项目自评得分 88.6 分，等级为“优”。

    ## 合格
    项目自评得分 88.6 分，等级为“良”。

    ## 例外
    总分不是百分制的，按百分制折算后再判断。

    ## 参数
    口径配置 `scoring.grades`：各等级的名称和起点分。

    ## 依据
    教职成厅函〔2024〕1号：90（含）—100 分为优，80（含）—90 分为良，60（含）—80 分为中，60 分以下为差；财预〔2020〕10号同。
    """
    bands = grades_of(settings(context)["grades"])
    for reading in context.readings:
        found = reading.forms
        for form in found.forms:
            if form.grade is not None:
                yield from _in_table(_total(form), form.grade, bands, _full(form), None)
            else:
                yield from _below(form, reading, bands, context)
        weighted = [item for form in found.forms if form.is_weighted for item in form.indicators]
        rows = [(item.label, item.score, item.grade) for item in weighted]
        for name, score, grade in (*rows, *((row.project, row.score, row.grade) for row in found.summary)):
            if grade is not None:
                yield from _in_table(score, grade, bands, _HUNDRED, name.text.strip())
        whole = _only_total(found.forms)
        for paragraph in reading.document.paragraphs:
            if "分" in paragraph.text:
                yield from _in_text(paragraph, bands)
            if whole is not None and "为" in paragraph.text:
                yield from _told_alone(paragraph, whole, bands)


def _only_total(forms: Sequence[Form]) -> Form | None:
    """The form whose total the text speaks of: the only one, or one of several with the same total out of 100."""
    totals = {points(_total(form)) for form in forms if _full(form) == _HUNDRED}
    told = [form for form in forms if points(_total(form)) is not None]
    return told[0] if told and len(totals) == 1 and None not in totals else None


def _told_alone(paragraph: Paragraph, form: Form, bands: Sequence[Grade]) -> Iterator[Problem]:
    """A grade in a sentence that tells no score and no other time: it is that of the form's total."""
    score = points(_total(form))
    for sentence in _SENTENCE.finditer(paragraph.text):
        grades = list(_GRADED.finditer(paragraph.text, *sentence.span()))
        if len(grades) != 1 or score is None or _OF_OTHERS.search(sentence[0]):
            continue
        told, right = grades[0]["grade"], _right(score, bands)
        if told not in right and any(told in names for names, _start in bands):
            best = min(right, key=len)
            message = f"总分 {shown(score)} 分应为“{best}”，等级写的是“{told}”"
            yield at_text(paragraph, *grades[0].span("grade"), message, printed=told, expected=best)


def _total(form: Form) -> Value | None:
    return form.total.score if form.total is not None else None


def _full(form: Form) -> Decimal:
    weight = points(form.total.weight) if form.total is not None else None
    return weight or Decimal(100)


def _right(score: Decimal, bands: Sequence[Grade]) -> set[str]:
    grade = grade_of(score, bands)
    return set(grade.names) if grade is not None else set()


def _in_table(
    total: Value | None, grade: Value, bands: Sequence[Grade], full: Decimal, row: str | None
) -> Iterator[Problem]:
    score, told = points(total), grade_in(grade.text)
    if total is None or score is None or told is None or score > full:
        return
    right = _right(score * 100 / full, bands)
    if told in right or not any(told in names for names, _start in bands):
        return
    best = min(right, key=len)
    yield at_value(
        grade,
        f"总分 {shown(score)} 分应为“{best}”，等级写的是“{told}”",
        printed=told,
        expected=best,
        row=row or grade.text.strip(),
        related=(related(total),),
    )


def _below(form: Form, reading: Reading, bands: Sequence[Grade], context: Context) -> Iterator[Problem]:
    """The grade in the lines right below the form (“自评等级：优”), up to the next table or heading."""
    label, score = re.compile("|".join(settings(context)["grade"])), points(_total(form))
    blocks = reading.document.blocks
    place = next(n for n, block in enumerate(blocks) if block is form.table)
    for block in blocks[place + 1 : place + 1 + _SIGHT]:
        if not isinstance(block, Paragraph):
            return
        match = label.match(block.text.strip())
        told = grade_in(block.text[match.end() :].lstrip(" :：为")) if match and len(block.text) <= _SHORT else None
        right = _right(score * 100 / _full(form), bands) if score is not None and score <= _full(form) else set()
        if told is None or not right or told in right or "分" in block.text:
            continue
        best = min(right, key=len)
        message = f"总分 {shown(score or Decimal(0))} 分应为“{best}”，等级写的是“{told}”"
        yield at_text(block, 0, len(block.text), message, printed=told, expected=best)


def _told(text: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Where a text tells a score and its grade: right behind each other, or once each in one sentence."""
    close = [(match, match) for match in _TOLD.finditer(text)]
    yield from close
    for sentence in _SENTENCE.finditer(text):
        scores = list(_SCORED.finditer(text, *sentence.span()))
        grades = list(_GRADED.finditer(text, *sentence.span()))
        if len(scores) == len(grades) == 1 and grades[0].start("grade") not in {m.start("grade") for m, _ in close}:
            yield scores[0], grades[0]


def _in_text(paragraph: Paragraph, bands: Sequence[Grade]) -> Iterator[Problem]:
    for scored, match in _told(paragraph.text):
        score, told = Decimal(scored["score"]), match["grade"]
        right = _right(score, bands)
        if score > 100 or told in right:
            continue
        best = min(right, key=len)
        yield at_text(
            paragraph,
            *match.span("grade"),
            f"{scored['score']} 分应为“{best}”，等级写的是“{told}”",
            printed=told,
            expected=best,
        )
