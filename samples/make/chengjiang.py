"""澄江职业学院: a whole yearly report in which every figure agrees."""

from collections.abc import Iterator

from samples.make import chengjiang_special
from samples.make.arithmetic import attained, number, rounded
from samples.make.book import Area, Figure, SubTask, areas_of
from samples.make.chengjiang_tables import (
    Numbering,
    count_table,
    indicator_counts,
    is_met,
    landmark_table,
    mixed_table,
    percent,
    task_table,
    two_year_table,
    yearly_table,
)
from samples.make.content import Across, Block, Contents, Down, Heading, Para, Rate, Report, Table, Title, Turn
from samples.make.stored import page_numbers, paragraphs, sentences, stored

SCHOOL = areas_of(stored("chengjiang_school.txt"))
GROUPS = areas_of(stored("chengjiang_groups.txt"))
PROSE = "chengjiang_prose.yaml"
TEXTS = paragraphs(PROSE)
AREA_WORDS, WAYS, REASONS = (sentences(PROSE, key) for key in ("area_words", "ways", "reasons"))
NUMERALS = "一二三四五六七八九十"


def items(area: Area) -> tuple[Figure, ...]:
    """The indicators of an area that have a target in 2023."""
    return area.category("数") + area.category("质")


def landmarks(area: Area) -> tuple[tuple[str, str, int], ...]:
    """The results at national and provincial level that both years brought; a mere approval is none."""
    return tuple(
        (figure.name, "国家级" if figure.name.startswith("国家级") else "省级", int(figure.both))
        for figure in area.figures
        if figure.category == "质" and figure.name.startswith(("国家级", "省级")) and not figure.name.endswith("立项")
    )


def _subtask_prose(subtask: SubTask, order: int, table: Table) -> str:
    first, second = len(subtask.of("22")), len(subtask.of("23"))
    total = first + second
    open_points = [point for point in subtask.points if point.rate != 100]
    where = f"具体落实情况见表 {table.number}。"
    if open_points:
        done = total - len(open_points)
        told = "；".join(f"“{point.plan}”{REASONS[point.plan]}" for point in open_points)
        return (
            f"{WAYS[subtask.code]}两年共安排任务点 {total} 个（2022 年 {first} 个、2023 年 {second} 个），"
            f"完成 {done} 个，完成率 {percent(done, total)}。未完成的是{told}。{where}"
        )
    ways = (
        f"两年共安排任务点 {total} 个，其中 2022 年 {first} 个、2023 年 {second} 个，均已完成，完成率 100%。",
        f"2022 年安排任务点 {first} 个，2023 年安排任务点 {second} 个，合计 {total} 个，全部按计划完成。",
        f"列入计划的 {total} 个任务点（2022 年 {first} 个、2023 年 {second} 个）全部完成。",
    )
    return f"{WAYS[subtask.code]}{ways[order % 3]}{where}"


def _tasks(numbering: Numbering) -> Iterator[Block]:
    yield Heading(1, "二、学校层面建设任务完成情况")
    order = 0
    for index, area in enumerate(SCHOOL):
        done, total = area.complete(), area.count()
        yield Heading(2, f"（{NUMERALS[index]}）{area.name}")
        state = "全部完成" if done == total else f"完成 {done} 个，未完成 {total - done} 个"
        yield Para(
            f"{AREA_WORDS[area.code]}本任务下设 {len(area.subtasks)} 个子任务，两年任务点共 {total} 个，{state}，"
            f"完成率 {percent(done, total)}。"
        )
        for subtask in area.subtasks:
            yield Heading(3, f"{subtask.code} {subtask.name}")
            table = task_table(numbering, "2", subtask, cut=4 if subtask.code in ("1-2", "7-1") else None)
            yield Para(_subtask_prose(subtask, order, table))
            yield table
            order += 1


def _indicator_prose(area: Area) -> str:
    quantity, quality = len(area.category("数")), len(area.category("质"))
    every = items(area)
    missed = [figure for figure in every if not is_met(figure)]
    head = f"本任务 2023 年设产出指标 {len(every)} 项，其中数量指标 {quantity} 项、质量指标 {quality} 项，"
    if not missed:
        return f"{head}全部达到年度指标值。{area.prose}"
    target, actual = number(missed[0].plan[1]), number(missed[0].done[1])
    assert target is not None
    assert actual is not None
    share = rounded(attained(target, actual), 0)
    return (
        f"{head}达标 {len(every) - len(missed)} 项。未达标的是{missed[0].name}：年度指标值 {target} {missed[0].unit}，"
        f"实际完成 {actual} {missed[0].unit}，完成率 {share}%，原因是另一项成果参评未获奖。{area.prose}"
    )


def _indicator_tables(area: Area, numbering: Numbering) -> Iterator[Table]:
    quantity, quality = area.category("数"), area.category("质")
    if area.code in ("1", "8"):
        groups = {"数量指标": quantity, "质量指标": quality}
        yield mixed_table(numbering.next("3"), f"{area.name}产出指标完成情况", area.code, groups)
        return
    number_name, quality_name = f"{area.name}数量指标完成情况", f"{area.name}质量指标完成情况"
    if area.code in ("3", "5"):
        yield two_year_table(numbering.next("3"), number_name, quantity)
    else:
        capped = area.code in ("4", "10")
        places = (1,) if area.code == "9" else (0,)
        yield yearly_table(numbering.next("3"), number_name, f"{area.code}.1", quantity, capped=capped, places=places)
    if area.code == "7":
        yield two_year_table(numbering.next("3"), f"{area.name}数量指标两年累计情况", quantity)
    loose = area.code in ("3", "6")
    places_of = (1, 0) if area.code == "3" else (0,)
    yield yearly_table(numbering.next("3"), quality_name, f"{area.code}.2", quality, capped=not loose, places=places_of)


def _landmark_sum(number_: str) -> tuple[Table, str]:
    rows = []
    for area in SCHOOL:
        found = landmarks(area)
        if found:
            national = sum(count for _, level, count in found if level == "国家级")
            rows.append((area.name, national, sum(count for _, _, count in found) - national))
    lines = "\n".join(f"{name}|{a}|{b}|{a + b}" for name, a, b in rows)
    national, provincial = sum(row[1] for row in rows), sum(row[2] for row in rows)
    text = f"建设任务|国家级（项）|省级（项）|合计（项）\n{lines}\n合计|{national}|{provincial}|{national + provincial}"
    from_rows = tuple(range(len(rows)))
    laws = (
        Down(len(rows), from_rows, (1, 2, 3)),
        Across(3, (1, 2)),
    )
    table = chengjiang_special.plain(number_, "学校层面标志性成果汇总", (36, 18, 18, 18), text, *laws)
    prose = (
        f"2022—2023 年学校层面累计获省级及以上标志性成果 {national + provincial} 项，"
        f"其中国家级 {national} 项、省级 {provincial} 项，"
        f"分任务情况见表 {number_}。同一成果获多级认定的按最高级别统计一次，平台、基地类仅获立项的不计入。"
    )
    return table, prose


def _indicators(numbering: Numbering) -> Iterator[Block]:
    yield Heading(1, "三、学校层面绩效指标完成情况")
    yield Heading(2, "（一）产出指标")
    yield Para(
        "产出指标按年度考核，年度指标值取自建设任务书[^1]。各表完成率的口径在表内保持一致：有的表按 100% 封顶，"
        "有的表按实际比值填写；逆向指标以指标值与完成值之比计算。"
    )
    for area in SCHOOL:
        yield Heading(3, f"{area.code}. {area.name}")
        yield Para(_indicator_prose(area))
        yield from _indicator_tables(area, numbering)
        found = landmarks(area)
        if len(found) > 1 and area.code != "10":
            yield landmark_table(numbering.next("3"), f"{area.name}标志性成果（2022—2023 年累计）", found)
    yield Heading(3, "11. 时效与成果汇总")
    done, total = (sum(getattr(area, kind)("23") for area in SCHOOL + GROUPS) for kind in ("complete", "count"))
    on_time = percent(done, total)
    yield Para(
        f"2023 年全校应完成任务点 {total} 个，按期完成 {done} 个，按期完成率 {on_time}，高于 95% 的要求；"
        "收入、支出预算执行率分别为 100.3% 和 96.5%。"
    )
    yield chengjiang_special.timeliness(numbering.next("3"), on_time)
    table, prose = _landmark_sum(numbering.next("3"))
    yield Para(prose)
    yield table
    yield from _effects(numbering)


def _effects(numbering: Numbering) -> Iterator[Block]:
    yield Heading(2, "（二）效益指标")
    for text in TEXTS["effects"][:2]:
        yield Para(text)
    yield chengjiang_special.benefits(numbering.next("3"))
    for text in TEXTS["effects"][2:4]:
        yield Para(text)
    yield chengjiang_special.lasting(numbering.next("3"))
    yield Heading(2, "（三）满意度指标")
    yield Para(TEXTS["effects"][4])
    yield chengjiang_special.survey(numbering.next("3"))
    yield Para(TEXTS["effects"][5])
    yield chengjiang_special.satisfaction(numbering.next("3"))


def _groups(numbering: Numbering) -> Iterator[Block]:
    yield Heading(1, "四、专业群建设情况")
    rows = tuple(
        (area.name, (area.count(), area.complete(), len(items(area)), sum(map(is_met, items(area))))) for area in GROUPS
    )
    yield Para(
        f"两个专业群两年任务点共 {sum(counts[0] for _, counts in rows)} 个，全部完成；2023 年产出指标共 "
        f"{sum(counts[2] for _, counts in rows)} 项，全部达标。专业群指标与学校层面同名指标分别统计，不重复相加。"
    )
    yield chengjiang_special.group_counts(numbering.next("4"), rows)
    for index, area in enumerate(GROUPS):
        yield Heading(2, f"（{NUMERALS[index]}）{area.name}")
        for text in TEXTS[f"group_{area.code.lower()}"]:
            yield Para(text)
        for order, subtask in enumerate(area.subtasks):
            table = task_table(numbering, "4", subtask)
            yield Para(_subtask_prose(subtask, order, table))
            yield table
        quantity, quality = area.category("数"), area.category("质")
        if area.code == "A":
            yield yearly_table(numbering.next("4"), f"{area.name}数量指标", "A.1", quantity, capped=False)
        else:
            yield two_year_table(numbering.next("4"), f"{area.name}数量指标", quantity)
        yield yearly_table(numbering.next("4"), f"{area.name}质量指标", f"{area.code}.2", quality, capped=True)
        found = landmarks(area)
        yield landmark_table(numbering.next("4"), f"{area.name}标志性成果（2022—2023 年累计）", found)


def _met(figures: tuple[Figure, ...]) -> tuple[int, int]:
    """How many indicators there are, and how many reached their target."""
    return len(figures), sum(map(is_met, figures))


def _overview(numbering: Numbering) -> Iterator[Block]:
    every = SCHOOL + GROUPS
    total, done = sum(area.count() for area in every), sum(area.complete() for area in every)
    school, groups = sum(area.count() for area in SCHOOL), sum(area.count() for area in GROUPS)
    yield Heading(1, "一、总体情况")
    for text in TEXTS["opening"]:
        yield Para(text)
    yield Para(
        f"2022—2023 年共安排建设任务点 {total} 个，其中学校层面 {school} 个、专业群层面 {groups} 个；已完成 {done} 个，"
        f"完成率 {percent(done, total)}。未完成的 {total - done} 个均属学校层面，原因和后续安排在第二部分逐项说明。"
    )
    yield Turn(True)
    yield count_table(numbering.next("1"), every, len(SCHOOL))
    yield Turn(False)
    counts = tuple((area.name, _met(area.category("数")), _met(area.category("质"))) for area in SCHOOL)
    outputs = sum(q[0] + g[0] for _, q, g in counts)
    met = sum(q[1] + g[1] for _, q, g in counts)
    yield Para(
        f"2023 年学校层面设绩效指标 {outputs + 20} 项：产出指标中数量、质量指标 {outputs} 项，达标 {met} 项；"
        f"时效指标 3 项、社会效益指标 8 项、可持续影响指标 4 项、满意度指标 5 项，全部达标。"
    )
    yield indicator_counts(numbering.next("1"), counts)
    yield _all_indicators(numbering.next("1"), counts)


def _all_indicators(number_: str, counts: tuple[tuple[str, tuple[int, int], tuple[int, int]], ...]) -> Table:
    quantity = (sum(q[0] for _, q, _ in counts), sum(q[1] for _, q, _ in counts))
    quality = (sum(g[0] for _, _, g in counts), sum(g[1] for _, _, g in counts))
    kinds = (
        ("产出指标", "数量指标", *quantity),
        ("产出指标", "质量指标", *quality),
        ("产出指标", "时效指标", 3, 3),
        ("效益指标", "社会效益指标", 8, 8),
        ("效益指标", "可持续影响指标", 4, 4),
        ("满意度指标", "服务对象满意度指标", 5, 5),
    )
    lines = [f"{a}|{b}|{c}|{d}|{c - d}|{percent(d, c)}" for a, b, c, d in kinds]
    total, met = sum(row[2] for row in kinds), sum(row[3] for row in kinds)
    lines.append(f"合计|←|{total}|{met}|{total - met}|{percent(met, total)}")
    text = "一级指标|二级指标|指标数|达标数|未达标数|达标率\n" + "\n".join(lines)
    laws = (
        Down(6, (0, 1, 2, 3, 4, 5), (2, 3, 4)),
        Across(2, (3, 4)),
        Rate(2, 3, 5, True, 1),
    )
    return chengjiang_special.plain(
        number_, "学校层面绩效指标达标情况分类统计", (22, 30, 14, 14, 14, 14), text, *laws, merge=(0,)
    )


def _rest() -> Iterator[Block]:
    yield Heading(1, "五、建设资金到位与执行情况")
    for text, table in zip(TEXTS["money"], chengjiang_special.money("5"), strict=True):
        yield Para(text)
        yield table
    yield Heading(1, "六、年度数据对比与构成")
    for text, table in zip(TEXTS["compared"], chengjiang_special.comparisons("6"), strict=True):
        yield Para(text)
        yield table
    yield Heading(1, "七、存在问题与下一步安排")
    for text in TEXTS["closing"]:
        yield Para(text)
    yield Heading(1, "附表")
    yield from chengjiang_special.annexes()


def report() -> Report:
    """The whole report."""
    numbering = Numbering()
    title = Title(("澄江职业学院", "高水平高职学校建设项目", "2023 年度绩效自评报告"), "澄江职业学院", "2024 年 3 月")
    return Report(
        name="澄江职业学院高水平高职学校建设项目 2023 年度绩效自评报告",
        running="澄江职业学院 2023 年度绩效自评报告",
        fields=True,
        chapters_on_new_pages=True,
        footnotes=TEXTS["footnotes"],
        blocks=(
            title,
            Contents(page_numbers("chengjiang")),
            *_overview(numbering),
            *_tasks(numbering),
            *_indicators(numbering),
            *_groups(numbering),
            *_rest(),
        ),
    )
