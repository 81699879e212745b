"""CON020: what the text calls the highest or the lowest is not, by the table."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._ranking import Ranked, ranked, row_label
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Value

_VALUE = r"(?:\s*[（(，,：:]?\s*(?:为|达到?|仅为?|是)?\s*(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%％]|[一-鿿]{0,2})\s*[)）]?)?"
_NAMED_AFTER = re.compile(
    rf"最(?P<way>[高低多少大小快慢])的(?:[^，。；：、（(\d是为]{{0,8}})?(?:是|为)\s*(?P<name>[^，。；：、（(\d]{{2,20}}?)(?=[（(，,。；、]|$){_VALUE}"
)
_NAMED_BEFORE = re.compile(
    rf"(?:^|(?<=[，。；：、,;:]))\s*(?:其中|以|而)?(?P<name>[^，。；：、（(\d]{{2,24}}?)最(?P<way>[高低多少大小快慢])(?!的|化|限|终|近|美|好|新|后){_VALUE}"
)
_HINT = re.compile("最[高低多少大小快慢]")
_STOP = re.compile(r"[。；;！？\n]")
_OTHERWISE = re.compile(
    "历年|历史|以来|近[两二三四五\\d]年|同期|之一|除|外[，,]|次[高低多]|其次|省内|全省|全国|同类|全市|并列|不含|剔除|连续"
)
_SHORT = 2  # characters of a name that is found in a longer one


@rule("CON020", kind="contradiction", severity="warning", since="0.7")
def extreme_unlike_table(context: Context) -> Iterator[Problem]:
    """正文说“最高”“最低”的，与表中各行比较并不是。

    ## 为什么
    “落实率最低的是某专业”是看着表写的；表里还有更低的，不是看漏了就是表改了、文没有改。

    ## 不合格
    落实率最高的是航海技术（97.0%），最低的是应急技术（89.8%）。

    | 专业 | 毕业生数 | 落实率 |
    |---|---|---|
    | 航海技术 | 203 | 97.0% |
    | 电子商务 | 198 | 89.4% |
    | 应急技术 | 128 | 89.8% |
    | 轮机技术 | 168 | 95.8% |

    ## 合格
    落实率最高的是航海技术（97.0%），最低的是电子商务（89.4%）。

    | 专业 | 毕业生数 | 落实率 |
    |---|---|---|
    | 航海技术 | 203 | 97.0% |
    | 电子商务 | 198 | 89.4% |
    | 应急技术 | 128 | 89.8% |
    | 轮机技术 | 168 | 95.8% |

    ## 例外
    认不出说的是哪张表、哪一栏的不判断：要么写出的数就是表中那一行的，要么栏名写在同一句里；写明“某学院各专业中”的，只在那个学院里比；
    “之一”“历年最高”“除某某外”不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个说法。
    """
    for reading in context.readings:
        texts = [paragraph for paragraph in reading.document.paragraphs if _HINT.search(paragraph.text)]
        columns = ranked(reading, context) if texts else ()
        for paragraph in texts if columns else ():
            for form in (_NAMED_AFTER, _NAMED_BEFORE):
                for match in form.finditer(paragraph.text):
                    judged = ((each, _better(paragraph.text, match, each)) for each in columns)
                    found = next(((each, better) for each, better in judged if better is not None), None)
                    if found is not None:
                        yield _problem(paragraph, match, found[0], *found[1])


def _better(text: str, match: re.Match[str], column: Ranked) -> tuple[Value, Value, str] | None:
    """The cell of the row named, the cell that goes beyond it and its row's name; None where there is none."""
    begin = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
    stop = _STOP.search(text, match.end())
    sentence = text[begin : stop.start() if stop else len(text)]
    if _OTHERWISE.search(text, max(begin, match.start() - 24), match.end() + 4):
        return None
    name = bare(match["name"])
    heads = column.head, *(bare(column.grid.columns[each].words) for each in column.grid.labels)
    named = [(row, value) for row, value in column.values() if _is_called(name, row_label(column.grid, row), heads)]
    if len(named) != 1 or not _is_meant(match, named[0][1], _with_its_other(text, begin, match, sentence), column):
        return None
    (row, value), up = named[0], match["way"] in "高多大快"
    groups = {each.group for each, _ in column.values() if bare(each.group) != row_label(column.grid, each)}
    before = bare(text[begin : match.start()])
    spoken = max(
        (group for group in groups if len(group) >= _SHORT), key=lambda group: before.rfind(bare(group)), default=""
    )
    within = spoken if spoken and bare(spoken) in before else None  # the group named last
    rivals = [(each, other) for each, other in column.values() if within in {None, each.group}]
    beyond = [(each, other) for each, other in rivals if (other > value if up else other < value)]
    if not beyond:
        return None
    best, _ = max(beyond, key=lambda pair: pair[1]) if up else min(beyond, key=lambda pair: pair[1])
    grid = column.grid
    return grid.value(row, column.column), grid.value(best, column.column), row_label(grid, best)


def _with_its_other(text: str, begin: int, match: re.Match[str], sentence: str) -> str:
    """The sentence, with the one before it where that names the other end of the same column (最大的是…；最小的是…)."""
    said = text[begin : match.start()].strip()
    if said or match["value"] is not None or text[begin - 1 : begin] not in "；;":
        return sentence
    previous = max((stop.end() for stop in _STOP.finditer(text, 0, begin - 1)), default=0)
    return text[previous:begin] + sentence if _HINT.search(text, previous, begin) else sentence


def _is_called(name: str, label: str, heads: Sequence[str]) -> bool:
    """Whether a name is that of a row, perhaps with its column's name or a word like 专业 behind it."""
    rest = name.removeprefix(label) if len(label) >= _SHORT and name.startswith(label) else None
    return rest is not None and (
        rest in {"", "专业", "学院", "层面", "项目", "县", "区", "市"}
        or (bool(heads[0]) and heads[0] in rest)
        or rest in heads
    )


def _is_meant(match: re.Match[str], value: Decimal, sentence: str, column: Ranked) -> bool:
    """Whether the column is the one that is spoken of: by the figure told, else by its name."""
    named = column.is_named(bare(sentence))
    if match["value"] is None:
        return named
    told = Decimal(match["value"].replace(",", ""))
    return told == value and (named or match["unit"] in {"%", "％"})


def _problem(paragraph: Paragraph, match: re.Match[str], column: Ranked, own: Value, best: Value, name: str) -> Problem:
    words = f"最{match['way']}"
    return at_text(
        paragraph,
        match.start("name") if match.start("name") < match.start("way") else match.start(),
        match.end(),
        f"写“{match['name'].strip()}”{words}（{own.text.strip()}），表中{name}的{column.head or '数'}是 {best.text.strip()}",
        printed=match[0].strip(),
        expected=f"{name}（{best.text.strip()}）",
        related=(related(best), related(own)),
    )
