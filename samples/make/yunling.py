"""云岭职业技术学院: a mid-term report with planted faults, for showing what a check finds."""

from collections.abc import Iterator

from samples.make import yunling_indicators as tables
from samples.make.content import Block, Contents, Heading, Para, Report, Title, Turn
from samples.make.stored import page_numbers
from samples.make.yunling_tasks import TASK_TABLES

FOOTNOTES = (
    "除年度类、比率类和定性指标外，中期目标值按期满目标值的一半确定。",
    "满意度由第三方机构“岚川评估”于2023年12月以网络问卷方式调查。",
)


def _overview() -> Iterator[Block]:
    yield Heading(1, "一、总体完成情况")
    yield Para(
        "云岭职业技术学院地处岭川省云岭市，2022年1月立项为省域高水平高职院校建设单位，建设期为2022—2025年。"
        "现有全日制在校生8780人，设6个二级学院、32个专业。按照省教育厅第二批中期检查的要求，学校对照建设方案和任务书"
        "逐条核对，形成本自评报告，数据截至2023年12月31日。"
    )
    yield Para(
        "中期共设建设任务点50个，完成49个，完成率98%；其中2022年任务点24个，2023年任务点27个。"
        "未完成的1个为国际职教论坛，已延期到2024年6月举办。各任务完成情况见表1-1，分年度情况见表1-2。"
    )
    yield Para("中期共设产出指标40个，各项产出指标均达到或超过中期目标值，中期完成率100%。")
    yield from tables.OVERVIEW
    yield Heading(1, "二、主要举措")
    yield Para(
        "学校党委把建设任务列入年度督查事项，实行“月调度、季通报、年考核”。两年来聚焦云岭市特色农业和装备制造两条产业链，"
        "与恒禾农装、岭川数控等企业深化合作，合作企业达到86家。"
    )
    yield Para(
        "教师队伍结构持续改善，现有专任教师520人，其中双师型教师286人，占专任教师的65%；"
        "高级职称教师176人，占33.8%。生师比由17.8降到16.9。"
    )
    yield Para(
        "服务能力稳步增强。横向技术服务到款额由2022年的210万元增加到2023年的273万元，增长35%；"
        "专利授权由14件增加到16件，增长14.3%。"
        "两年累计开展社会培训8640人，农技培训2.2万人日（即22000人日），超过中期目标。"
    )


TASK_PROSE = (
    "本行动设任务点8个，其中2022年4个、2023年4个，见表3-1。",
    "本行动设任务点7个，其中2022年3个、2023年4个，见表3-2。",
    "本行动设任务点9个，其中2022年4个、2023年5个，见表3-3。",
    "本行动设任务点7个，其中2022年3个、2023年3个，见表3-4。",
    "本行动设任务点8个，其中2022年4个、2023年4个，见表3-5。",
    "本行动设任务点6个，其中2022年3个、2023年3个，见表3-6。",
    "本行动设任务点6个，其中2022年3个、2023年3个，完成5个，见表3-7。国际职教论坛延期举办，对应年度未完成，该行按50%计。",
)

AREAS = (
    ("（一）立德树人强根基", "本任务共有任务点15个，下设2项行动，任务完成率100%。", (0, 1)),
    ("（二）校企双元育人才", "本任务共有任务点15个，下设2项行动，任务完成率100%。", (2, 3)),
    ("（三）技术服务助产业", "本任务共有任务点14个，下设2项行动，任务完成率100%。", (4, 5)),
    ("（四）开放办学促交流", "本任务共有任务点6个，完成5个，任务完成率83.3%。", (6,)),
)

NAMES = (
    "1-1 红色根脉铸魂行动",
    "1-2 匠心文化涵养行动",
    "2-1 双元共育课程改革行动",
    "2-2 工学交替学徒培养行动",
    "3-1 平台筑基建设行动",
    "3-2 送技下乡服务行动",
    "4-1 技能出海合作行动",
)


def _tasks() -> Iterator[Block]:
    yield Turn(True)
    yield Heading(1, "三、建设任务点完成情况")
    for name, prose, members in AREAS:
        yield Heading(2, name)
        yield Para(prose)
        for member in members:
            yield Heading(3, NAMES[member])
            yield Para(TASK_PROSE[member])
            yield TASK_TABLES[member]
    yield Turn(False)


def _indicators() -> Iterator[Block]:
    yield Heading(1, "四、绩效目标完成情况")
    yield Heading(2, "（一）产出指标")
    yield Para(
        "产出指标共40个，其中数量指标22个、质量指标18个。中期完成度以中期实现值与中期目标值之比计算，"
        "表4-1、表4-2、表4-4、表4-7、表4-11以100%封顶，表4-3、表4-6、表4-9、表4-10按实际比值填写。"
    )
    for prose, group in (
        ("立德树人强根基设产出指标9个，其中数量指标5个、质量指标4个，见表4-1、表4-2。", tables.FIRST),
        (
            "校企双元育人才设产出指标13个，其中数量指标7个、质量指标6个，见表4-3、表4-4。“1+X”证书考核两年通过1357人次，"
            "学生获国家级竞赛奖5项、省级竞赛奖34项，成果见表4-5。",
            tables.SECOND,
        ),
        (
            "技术服务助产业设产出指标10个，其中数量指标6个、质量指标4个，见表4-6、表4-7。两年承接横向技术服务项目52项，"
            "获专利授权30件，其中发明专利7件，成果见表4-8。",
            tables.THIRD,
        ),
        ("开放办学促交流设产出指标8个，其中数量指标4个、质量指标4个，见表4-9。", tables.FOURTH),
    ):
        yield Para(prose)
        yield from group
    yield Heading(2, "（二）时效与效益指标")
    yield Para(
        "任务完成及时率98%，支出预算执行率96.8%；资金到位率99.5%，略低于目标，原因是行业企业投入有16万元于2024年1月到账。"
        "毕业生就业率96.3%，比上年提高1.2个百分点（上年为95.1%）。"
    )
    yield from tables.EFFECTS[:2]
    yield Heading(2, "（三）满意度指标")
    yield Para("四类对象的满意度均超过90%[^2]，其中用人单位满意度97.1%，为各类最高。")
    yield tables.EFFECTS[2]


def _money() -> Iterator[Block]:
    yield Heading(1, "五、资金到位与使用情况")
    yield Para(
        "建设资金两年预算3100万元，到位3084万元，支出2986.4万元，支出占到位资金的96.8%。"
        "来源与执行情况见表5-1，分年度情况见表5-2，支出用途见表5-3。"
    )
    yield from tables.MONEY
    yield Heading(1, "六、问题与改进")
    yield Para(
        "一是服务收入增长的基础还不牢。2023年横向技术服务到款356万元，单个项目金额偏小，需要向重点企业集中。"
        "二是国际交流受签证等因素影响较大，论坛延期举办，后续将线上线下同步筹备。"
    )
    yield Para(
        "三是专业结构仍需优化。现有32个专业中，面向特色农业的约占三分之一，与产业规模还不相称，"
        "计划到2025年再调整3个专业，并继续扩大“3+2”分段培养规模。"
    )


def report() -> Report:
    """The whole report."""
    return Report(
        name="云岭职业技术学院省域高水平高职院校建设中期自评报告",
        running="云岭职业技术学院中期自评报告",
        footnotes=FOOTNOTES,
        blocks=(
            Title(("云岭职业技术学院", "省域高水平高职院校建设", "中期自评报告"), "云岭职业技术学院", "2024年3月"),
            Contents(page_numbers("yunling")),
            *_overview(),
            *_tasks(),
            *_indicators(),
            *_money(),
        ),
    )
