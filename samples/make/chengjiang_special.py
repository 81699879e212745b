"""The tables of 澄江职业学院 that have a form of their own: benefits, satisfaction, money, comparisons, annexes."""

from samples.make.arithmetic import number, rounded
from samples.make.chengjiang_tables import percent
from samples.make.content import LEFT, Across, Down, Growth, Law, Rate, Share, Table, Within


def grid(text: str) -> tuple[tuple[str, ...], ...]:
    """Rows of cells from lines with bars; `←` is a place its left neighbour covers."""
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines())


def plain(
    figure: str, title: str, widths: tuple[int, ...], text: str, *laws: Law, heads: int = 1, **options: object
) -> Table:
    """A table written out as lines with bars, its caption below."""
    rows = grid(text)
    name = f"表 {figure}" if figure[0].isdigit() else figure
    merge = options.get("merge", ())
    return Table(
        number=figure,
        label=f"{name}　{title}",
        header=rows[:heads],
        rows=rows[heads:],
        widths=widths,
        below=True,
        laws=laws,
        merge=merge if isinstance(merge, tuple) else (),
        remark=str(options.get("remark", "")),
    )


def timeliness(figure: str, on_time: str) -> Table:
    """Timeliness indicators; `on_time` is the share of the year's task points that were done."""
    value = number(on_time)
    assert value is not None
    return plain(
        figure,
        "学校层面时效指标",
        (14, 36, 12, 14, 14, 12),
        f"""指标编号|指标名称|计量单位|年度指标值|实际完成值|完成率
        T.1|年度任务点按期完成率|%|95|{value}|{rounded(value / 95 * 100, 1)}%
        T.2|收入预算执行率|%|100|100.3|100.3%
        T.3|支出预算执行率|%|95|96.5|101.6%""",
        Rate(3, 4, 5, False, 1),
    )


def benefits(figure: str) -> Table:
    """Social benefits with lower bounds; capped; the last one is judged in words."""
    return plain(
        figure,
        "学校层面社会效益指标",
        (10, 40, 12, 14, 14, 12),
        """编号|指标名称|计量单位|年度指标值|实际完成值|完成率
        S.1|毕业生去向落实率|%|≥95|96.4|100%
        S.2|毕业生留在本省就业比例|%|≥70|72.6|100%
        S.3|服务中小微企业|家/年|≥120|138|100%
        S.4|社会培训到账额|万元|≥600|655.4|100%
        S.5|社会培训量|万人日|≥7.2|7.89|100%
        S.6|职教帮扶培训量|万人日|≥0.33|0.35|100%
        S.7|横向技术服务到款额|万元|≥380|402.3|100%
        S.8|学校社会影响力|定性|持续提升|达成预期|100%""",
        Rate(3, 4, 5, True),
        remark="注：本表完成率以 100% 封顶；S.8 为定性指标，由学校绩效评价专家组评议认定。",
    )


def lasting(figure: str) -> Table:
    """Lasting effects: qualitative aims with qualitative results."""
    return plain(
        figure,
        "学校层面可持续影响指标",
        (8, 28, 18, 44, 14),
        """编号|指标名称|预期目标|达成情况说明|评价结论
        K.1|人才培养长效机制|持续健全|培养方案按年滚动修订，学分认定、转换的办法已形成制度|达成预期
        K.2|产教协同运行机制|稳定运行|共同体、产业学院均设理事会，全年按章程议事|达成预期
        K.3|教师发展支持体系|不断完善|企业实践、名师工作室、境外研修三条通道贯通|达成预期
        K.4|内部质量保证体系|常态运行|季度报告、督导反馈、整改销号形成闭环|达成预期""",
    )


def survey(figure: str) -> Table:
    """How the questionnaires came back."""
    return plain(
        figure,
        "满意度调查问卷回收情况[^2]",
        (20, 18, 18, 18),
        """调查对象|发放（份）|有效回收（份）|有效回收率
        在校生|3200|3072|96.0%
        毕业生|1500|1380|92.0%
        教职工|620|602|97.1%
        用人单位|260|247|95.0%
        学生家长|1800|1656|92.0%
        合计|7380|6957|94.3%""",
        Rate(1, 2, 3, False, 1),
        Down(5, (0, 1, 2, 3, 4), (1, 2)),
    )


def satisfaction(figure: str) -> Table:
    """Satisfaction of five groups; capped."""
    return plain(
        figure,
        "学校层面满意度指标",
        (10, 34, 12, 14, 14, 12),
        """编号|指标名称|计量单位|年度指标值|实际完成值|完成率
        M.1|在校生满意度|%|≥90|96.2|100%
        M.2|毕业生满意度|%|≥90|95.1|100%
        M.3|教职工满意度|%|≥90|97.3|100%
        M.4|用人单位满意度|%|≥90|98|100%
        M.5|学生家长满意度|%|≥90|94.6|100%""",
        Rate(3, 4, 5, True),
    )


def money(name: str) -> tuple[Table, ...]:
    """The tables of chapter `name` on money: by source, over two years, by task, by use, contracts and receipts."""
    sums = Down(4, (0, 1, 2, 3), (1, 2, 3))
    return (
        plain(
            f"{name}.1",
            "2023 年建设资金来源与执行情况（单位：万元）",
            (26, 14, 14, 14, 12, 12),
            """资金来源|预算数|到位数|支出数|到位率|执行率
            省级财政专项|1500|1500|1462.5|100%|97.5%
            市级财政|800|800|776|100%|97%
            行业企业|400|412|388|103%|97%
            学校自筹|1500|1500|1426.5|100%|95.1%
            合计|4200|4212|4053|100.3%|96.5%""",
            sums,
            Rate(1, 2, 4, False, 1),
            Rate(1, 3, 5, False, 1),
            remark="注：到位率＝到位数÷预算数，执行率＝支出数÷预算数。",
        ),
        plain(
            f"{name}.2",
            "2022—2023 年建设资金累计执行情况（单位：万元）",
            (24, *(12,) * 7),
            """资金来源|预算数|预算数|预算数|支出数|支出数|支出数|累计执行率
            资金来源|2022年|2023年|累计|2022年|2023年|累计|累计执行率
            省级财政专项|1300|1500|2800|1254.5|1462.5|2717|97.0%
            市级财政|700|800|1500|672|776|1448|96.5%
            行业企业|350|400|750|336.7|388|724.7|96.6%
            学校自筹|1250|1500|2750|1200|1426.5|2626.5|95.5%
            合计|3600|4200|7800|3463.2|4053|7516.2|96.4%""",
            Down(4, (0, 1, 2, 3), (1, 2, 3, 4, 5, 6)),
            Across(3, (1, 2)),
            Across(6, (4, 5)),
            Rate(3, 6, 7, False, 1),
            heads=2,
        ),
        money_by_task(f"{name}.3"),
        money_by_use(f"{name}.4"),
        plain(
            f"{name}.5",
            "横向技术服务合同与到款情况（单位：万元）",
            (20, 20, 20, 20),
            """年度|合同额|当年到款额|到款比例
            2022年|436.8|318.6|72.9%
            2023年|552.5|402.3|72.8%
            累计|989.3|720.9|72.9%""",
            Down(2, (0, 1), (1, 2)),
            Rate(1, 2, 3, False, 1),
        ),
    )


def money_by_task(figure: str) -> Table:
    """What each task was given and spent in 2023."""
    return plain(
        figure,
        "2023 年建设资金分任务执行情况（单位：万元）",
        (16, 34, 16, 16, 14),
        """层面|建设任务|预算数|支出数|执行率
        学校|党建引领铸魂|180|174.6|97.0%
        学校|人才培养提质|620|601.4|97.0%
        学校|创新平台赋能|460|446.2|97.0%
        学校|专业集群升级|520|498|95.8%
        学校|双师队伍强基|480|465.6|97.0%
        学校|校企协同育人|260|252.2|97.0%
        学校|服务发展增效|300|292|97.3%
        学校|学校治理优化|130|124.8|96.0%
        学校|智慧校园建设|420|404.9|96.4%
        学校|国际合作拓展|180|171.3|95.2%
        学校层面小计|←|3550|3431|96.6%
        专业群|食品智能加工技术专业群|340|328|96.5%
        专业群|现代港口物流专业群|310|294|94.8%
        专业群层面小计|←|650|622|95.7%
        合计|←|4200|4053|96.5%""",
        Down(10, tuple(range(10)), (2, 3)),
        Down(13, (11, 12), (2, 3)),
        Down(14, (10, 13), (2, 3)),
        Rate(2, 3, 4, False, 1),
        merge=(0,),
    )


def money_by_use(figure: str) -> Table:
    """What the money was spent on; the rows 其中 are parts that need not make the whole."""
    return plain(
        figure,
        "2023 年支出按用途构成",
        (40, 24, 20),
        """支出用途|支出数（万元）|占比
        设备购置|1620|40.0%
        其中：信息化设备|486.2|12.0%
        其中：进口设备|135.6|3.3%
        培训费|412.5|10.2%
        委托业务费|538.3|13.3%
        专家咨询费|96.4|2.4%
        差旅及会议费|87.6|2.2%
        人才引进|420|10.4%
        其他|878.2|21.7%
        合计|4053|100.0%""",
        Down(9, (0, 3, 4, 5, 6, 7, 8), (1,)),
        Within(0, (1, 2), (1,)),
        Share(1, 2, 9),
        remark="注：各项占比四舍五入，合计与分项之和可能有 0.1～0.3 个百分点的尾差；“其中”项不重复计入合计。",
    )


def comparisons(name: str) -> tuple[Table, ...]:
    """The tables of chapter `name`: 2022 against 2023 and the make-up of the main figures."""
    return (*_people(name), *_services(name))


def _people(name: str) -> tuple[Table, ...]:
    return (
        plain(
            f"{name}.1",
            "主要办学数据年度对比",
            (34, 12, 14, 14, 18),
            """项目|计量单位|2022年|2023年|增长幅度
            全日制在校生|人|11860|12240|3.2%
            专任教师|人|598|619|3.5%
            教学科研仪器设备值|万元|14820|16440|10.9%
            社会培训到账额|万元|546.2|655.4|20.0%
            横向技术服务合同额|万元|436.8|552.5|26.5%
            横向技术服务到款额|万元|318.6|402.3|26.3%
            双师型教师占专业课教师比例|%|79.3|83.6|4.3个百分点
            毕业生去向落实率|%|95.8|96.4|0.6个百分点
            专业与区域产业匹配度|%|89.5|93.2|3.7个百分点""",
            Growth(2, 3, 4),
            remark="注：比例类项目的增长幅度以百分点表示，其余为同比增长率。",
        ),
        plain(
            f"{name}.2",
            "2023 年专任教师结构",
            (40, 20, 24),
            """类别|人数（人）|占专任教师比例
            专任教师|619|100.0%
            其中：博士学位|74|12.0%
            其中：高级职称|205|33.1%
            其中：45 岁以下|402|64.9%""",
            Within(0, (1, 2, 3), (1,)),
            Share(1, 2, 0),
            remark="注：各“其中”项互有交叉，不作相加。",
        ),
        plain(
            f"{name}.3",
            "2023 届毕业生去向（截至 2023 年 12 月 31 日）",
            (20, 34, 18, 18),
            """分类|去向|人数（人）|占比
            已落实|企事业单位就业|2712|70.3%
            已落实|升学|706|18.3%
            已落实|自主创业|62|1.6%
            已落实|应征入伍|121|3.1%
            已落实|其他形式就业|120|3.1%
            已落实小计|←|3721|96.4%
            未落实|暂未就业|139|3.6%
            合计|←|3860|100.0%""",
            Down(5, (0, 1, 2, 3, 4), (2,)),
            Down(7, (5, 6), (2,)),
            Share(2, 3, 7),
            merge=(0,),
        ),
        plain(
            f"{name}.4",
            "2023 年省级技能竞赛获奖等次",
            (30, 20, 20),
            """等次|数量（项）|占比
            一等奖|6|24.0%
            二等奖|9|36.0%
            三等奖|10|40.0%
            合计|25|100.0%""",
            Down(3, (0, 1, 2), (1,)),
            Share(1, 2, 3),
        ),
    )


def _services(name: str) -> tuple[Table, ...]:
    return (
        plain(
            f"{name}.5",
            "2023 年社会培训分类情况",
            (26, 14, 16, 16, 18),
            """培训类型|期数（期）|人次（人次）|人日（人日）|到账额（万元）
            企业职工培训|46|6820|27280|268.5
            师资培训|14|1460|8760|142.6
            新型职业农民培训|28|4960|19840|96.8
            退役军人培训|6|520|5200|58.3
            其他培训|32|5480|17820|89.2
            合计|126|19240|78900|655.4""",
            Down(5, (0, 1, 2, 3, 4), (1, 2, 3, 4)),
        ),
        plain(
            f"{name}.6",
            "2023 年职教帮扶情况",
            (20, 14, 20, 20, 20),
            """受援地|送教批次（批）|派出教师（人次）|参训人员（人）|培训量（人日）
            白石县|6|28|420|1680
            东麓州|2|14|260|1300
            柳湾县|3|9|130|520
            合计|11|51|810|3500""",
            Down(3, (0, 1, 2), (1, 2, 3, 4)),
        ),
        plain(
            f"{name}.7",
            "2023 年新增境外合作院校国别分布",
            (30, 20, 20),
            """国别|院校（所）|占比
            泰国|1|33.3%
            老挝|1|33.3%
            马来西亚|1|33.3%
            合计|3|100.0%""",
            Down(3, (0, 1, 2), (1,)),
            Share(1, 2, 3),
            remark="注：占比四舍五入，三项之和为 99.9%。",
        ),
        plain(
            f"{name}.8",
            "产业学院一览",
            (10, 34, 30, 22, 22),
            """序号|产业学院|共建企业|成立时间|认定情况
            1|果蔬加工产业学院|松鹭食品股份有限公司|2022年5月|校级
            2|冷链产业学院|启帆物流集团有限公司|2022年9月|省级立项（第二批）
            3|工业软件产业学院|澜图软件有限公司|2023年6月|校级""",
        ),
    )


def annexes() -> tuple[Table, ...]:
    """The tables at the end, numbered 附表."""
    return (
        plain(
            "附表1",
            "佐证材料目录（节选）",
            (22, 52, 16, 12),
            """材料编号|材料名称|形成时间|页数
            1-1-2023-03|省级样板支部验收结果通知|2023年9月|4
            2-1-2023-03|省级在线精品课程认定文件|2023年11月|6
            3-1-2023-02|果蔬保鲜省级工程技术中心验收意见|2023年9月|12
            6-1-2023-03|产教融合共同体成立大会会议纪要|2023年10月|9
            7-1-2023-02|社会培训到账凭证汇编|2023年12月|138
            9-1-2023-03|数据中心机房竣工验收报告|2023年8月|21""",
        ),
        plain(
            "附表2",
            "2022 年度自评问题整改清单",
            (8, 44, 40, 14),
            """序号|问题|整改措施|状态
            1|部分佐证材料未注明形成时间|统一编号规则，逐份补登时间与出处|已整改
            2|横向技术服务到款滞后于合同进度|建立合同台账，按季催收|持续整改
            3|虚拟仿真项目使用率不均衡|纳入课程标准并按学期公布机时|已整改
            4|国际学生规模偏小|/|列入 2024 年计划""",
        ),
        plain(
            "附表3",
            "主要指标统计口径",
            (30, 62),
            """指标|统计口径
            社会培训|按培训班签到表统计人次；人日按实际培训天数累加，一天计一人日
            到账额|以当年进入学校账户的金额为准，合同额、意向额不计入
            双师型教师占比|分母为专业课教师 489 人，分子为认定的双师型教师 409 人
            校企合编教材|以版权页所载出版时间为准，再版不重复统计
            标志性成果|同一成果获多级认定的，按最高级别统计一次""",
        ),
    )


def group_counts(figure: str, rows: tuple[tuple[str, tuple[int, int, int, int]], ...]) -> Table:
    """Points and indicators of the groups."""
    lines = [
        (name, str(points), str(done), percent(done, points), str(items), str(met), percent(met, items))
        for name, (points, done, items, met) in rows
    ]
    sums = [sum(column) for column in zip(*(counts for _, counts in rows), strict=True)]
    total = ("合计", str(sums[0]), str(sums[1]), percent(sums[1], sums[0]), str(sums[2]), str(sums[3]))
    lines.append((*total, percent(sums[3], sums[2])))
    return Table(
        number=figure,
        label=f"表 {figure}　专业群任务与指标完成情况统计",
        header=(
            ("专业群", *["任务点（两年累计）"] * 3, *["产出指标（2023年）"] * 3),
            ("专业群", "任务点", "完成数", "完成率", "指标数", "达标数", "达标率"),
        ),
        rows=tuple(lines),
        widths=(36, *(12,) * 6),
        below=True,
        laws=(Down(len(rows), tuple(range(len(rows))), (1, 2, 4, 5)), Rate(1, 2, 3, True, 1), Rate(4, 5, 6, True, 1)),
    )


__all__ = [
    "LEFT",
    "annexes",
    "benefits",
    "comparisons",
    "group_counts",
    "lasting",
    "money",
    "plain",
    "satisfaction",
    "survey",
    "timeliness",
]
