"""Period, level, state and accumulation of a stated quantity."""

import pytest


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("2023 年立项课程 8 门，教材 3 本。", ["2023", "2023"]),
        ("2022 年立项 3 项，2023 年立项 5 项。", ["2022", "2023"]),
        ("中期建设点 27 个，其中 2022 年 16 个，2023 年 11 个，完成率 96%。", ["中期", "2022", "2023", "中期"]),
        ("近五年收入 1.9 亿元。2023 年 0.4 亿元。", ["近5年", "2023"]),
        ("每年举办论坛 2 场，建成基地 4 个。", ["每年", None]),
        ("从 2012 年起为茶农培训 340 人次。", ["2012起"]),
        ("课程 8 门。", [None]),
    ],
)
def test_the_period_is_the_last_named_that_still_governs(sentence: str, periods: list[str | None], facts_of) -> None:
    assert [fact.period for fact in facts_of(sentence)] == periods


def test_a_level_governs_its_own_number(facts_of) -> None:
    assert [fact.level for fact in facts_of("获国家级 2 项、省级 14 项，教材 6 本。")] == ["国家级", "省级", None]
    assert [fact.level for fact in facts_of("获 3 项省级奖励。")] == ["省级"]
    assert [fact.level for fact in facts_of("国家级、省级项目 93 项。")] == ["国家级/省级"]


def test_a_state_is_the_one_nearest_before(facts_of) -> None:
    stated = facts_of("申报省级课题 9 项，立项 4 项，通过验收 2 项，延期 1 项。")
    assert [fact.state for fact in stated] == ["申报", "立项", "验收", "延期"]


def test_accumulation_is_said_or_unknown(facts_of) -> None:
    stated = facts_of("累计培训 340 人，年均开课 6 门。现有基地 3 个。2023 年举办讲座 4 场。")
    assert [fact.cumulative for fact in stated] == [True, False, None, False]
