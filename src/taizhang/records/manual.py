"""What a kind says, as a page in Chinese: for the reference, and for a college to read its own declaration back."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from taizhang.core.errors import UsageError
from taizhang.core.record import Record, RecordMeasure
from taizhang.records.kind import Feed, Field, Kind, Measure, Phase, State
from taizhang.records.reports import REPORTS, SECTIONS
from taizhang.records.shelf import Shelf, opened, shelf

_COMMON = (
    ("id、kind、title", "编号、类型、标题", "编号不变；标题是一句短话"),
    ("org、department、owner", "学校、责任部门、责任人", ""),
    ("partners", "合作方", "名称和角色（牵头、参与、共建、受援）"),
    ("period", "时间", "照原文写：`2023`、`2022-2023`、`2023-11-20..21`、`since 2010`、`2022;2023`、`per year`，或相应的中文"),
    ("period_basis", "时间的依据", "`stated` 原文写明、`report_year` 由报告年度推得、`report_period` 由建设期推得、`unstated` 未说明"),
    ("start、end、as_of", "开始、结束、统计截止日", "三者分开，不合成一个年度"),
    ("place", "地点", "省—市—县—镇—村，写到哪一级算哪一级"),
    ("level", "级别", "原文没有就空着，不推断；两级合在一起的要拆开"),
    ("state、moves", "状态、状态变更", "每次变更写明到哪个状态、日期、依据文件"),
    ("measures", "计量", "名称、数值、单位、限定（等于、至少、超、近、约、至多）、是否累计、基期"),
    ("tags", "标签", "所属板块、任务组；有的报告栏目只收带相应标签的记录"),
    ("evidence", "佐证", "有级别的、计入完成的，至少一件"),
    ("doc、line、text、sources", "出处", "文档、行、原句；可有多处"),
)  # fmt: skip
_PHASES = {
    Phase.BEFORE: "意向、推荐、起草、筹备、计划：还没有定下来",
    Phase.APPLIED: "已申报、已受理、已入围：不计入完成",
    Phase.APPROVED: "已立项、已获批：定了，还没有做成",
    Phase.UNDERWAY: "正在做；长期运行、在岗、在读的可以计入完成",
    Phase.DONE: "做成了：建成、验收、举办、到账、获奖、签订",
    Phase.POSTPONED: "单独的状态，须附批文，不计入完成，不写 100%",
    Phase.ENDED: "取消、终止、到期、撤销",
}


def answered(words: Sequence[str]) -> str:
    """What `taizhang kind` says: all kinds, or those that the words name, files of a college's own among them."""
    own = [opened(Path(word)) for word in words if Path(word).suffix.lower() in {".yaml", ".yml"}]
    kinds = shelf(own)
    if not words:
        return "\n".join(f"{kind.key:<22} {kind.name}：{kind.about}" for kind in kinds.values())
    files = {each.file for each in own}
    chosen = [kind for kind in kinds.values() if files & set(kind.files)]
    for word in words:
        named = kinds.named(word)
        if named is None and Path(word).name not in files:
            raise UsageError(f"没有“{word}”这个记录类型；用 taizhang kind 可以看到全部类型。")
        chosen += [named] if named is not None and named not in chosen else []
    return "\n\n".join(page(kind).rstrip() for kind in chosen)


def page(kind: Kind) -> str:
    """One kind: what it is for, its fields, measures, levels, states, the reports it feeds, and its example."""
    parts = [f"# {kind.name}", "", f"{kind.group} · `{kind.key}`", "", kind.about]
    if kind.fields:
        parts += ["", "## 专有字段", "", *_table(("字段", "键", "填什么", "说明"), map(_field, kind.fields))]
    if kind.measures:
        head = ("计量", "单位", "也可以用", "也叫", "说明")
        parts += ["", "## 计量", "", *_table(head, map(_measure, kind.measures))]
    parts += ["", "## 级别", "", "、".join(kind.levels) or "不分级别。"]
    names = {state.key: state.name for state in kind.states}
    columns = ("状态", "键", "含义", "可以到", "计入完成", "说明")
    parts += ["", "## 状态", "", *_table(columns, (_state(state, names) for state in kind.states))]
    if kind.reports:
        parts += ["", "## 供给的报告", "", *map(_feed, kind.reports)]
    if kind.feeds:
        parts += ["", "## 常用标签", "", "、".join(kind.feeds)]
    parts += ["", "## 示例", "", *_example(kind)]
    return "\n".join(parts) + "\n"


def index(kinds: Shelf) -> str:
    """All kinds by group, what every record has, and what the meanings of states are."""
    parts = [
        "# 记录类型目录",
        "",
        "一件事录一次，各处按引用取用。每个类型是一个 YAML 文件；学校自己加类型或增补字段，见[增加一个记录类型](../../guide/record-kinds.md)。",
    ]
    for group, members in kinds.groups.items():
        rows = ((f"[{kind.name}]({kind.key}.md)", f"`{kind.key}`", kind.about) for kind in members)
        parts += ["", f"## {group}", "", *_table(("类型", "键", "收什么"), rows)]
    common = ((f"{name}", "、".join(f"`{key}`" for key in keys.split("、")), about) for keys, name, about in _COMMON)
    parts += ["", "## 所有类型共有的项", "", *_table(("项", "键", "怎样填"), common)]
    phases = ((phase.chinese, f"`{phase.value}`", about) for phase, about in _PHASES.items())
    parts += ["", "## 状态的含义", "", *_table(("含义", "phase", "说的是"), phases)]
    return "\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _field(field: Field) -> tuple[str, ...]:
    wanted = field.type.chinese + (f"（{field.unit}）" if field.unit else "")
    if field.choices:
        wanted += f"：{'、'.join(field.choices)}"
    return field.name, f"`{field.key}`", wanted, "，".join(filter(None, ("必填" if field.required else "", field.help)))


def _measure(measure: Measure) -> tuple[str, ...]:
    units = "；".join(
        name if factor == 1 else _factor(name, factor, measure.unit) for name, factor in measure.accepts.items()
    )
    return measure.name, measure.unit, units, "、".join(measure.aliases), measure.help


def _factor(name: str, factor: Decimal, unit: str) -> str:
    if factor > 1:
        return f"{name}（1 {name} = {factor.normalize():f} {unit}）"
    return f"{name}（{(1 / factor).normalize():f} {name} = 1 {unit}）"


def _state(state: State, names: dict[str, str]) -> tuple[str, ...]:
    ways = "、".join(names[key] for key in state.to)
    return state.name, f"`{state.key}`", state.phase.chinese, ways, "是" if state.counts else "", state.help


def _feed(feed: Feed) -> str:
    wanted = f"（标签有 {'、'.join(feed.tags)} 的）" if feed.tags else ""
    return f"- {REPORTS[feed.report]}：{SECTIONS[feed.report][feed.section]}{wanted}"


def _example(kind: Kind) -> Iterator[str]:
    """The example, each thing told under the name that people read."""
    record = kind.example
    state = kind.state(record.state)
    told = {
        "标题": record.title,
        "责任部门": record.department,
        "合作方": "、".join(f"{each.name}（{each.role}）" if each.role else each.name for each in record.partners),
        "时间": record.period or "",
        "开始、结束": _days(record),
        "地点": record.place or "",
        "级别": record.level or "",
        "状态": state.name if state else "",
        "计量": "；".join(map(_told, record.measures)),
        **{field.name: _text(record, field) for field in kind.fields},
        "佐证": "；".join(each.title + (f"，第 {each.page} 页" if each.page else "") for each in record.evidence),
    }
    yield from _table(("项", "填写"), ((name, text) for name, text in told.items() if text))


def _days(record: Record) -> str:
    return " 至 ".join(day.isoformat() for day in (record.start, record.end) if day)


def _told(measure: RecordMeasure) -> str:
    return f"{measure.name} {measure.qualifier}{measure.value.normalize():f} {measure.unit}".strip()


def _text(record: Record, field: Field) -> str:
    value = record.fields.get(field.key, "")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    return f"{value:f} {field.unit}".strip() if isinstance(value, Decimal) else value
