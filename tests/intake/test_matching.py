import math
from decimal import Decimal
from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.intake.matching import Matcher, Relation, agree, significant, step, summable
from taizhang.intake.reading import reading_of
from taizhang.intake.statements import Collector, Statement
from taizhang.intake.wording import Words
from taizhang.profiles import load

PROFILE = load()
WORDS = Words(PROFILE)


def said(folder: Path, *sentences: str) -> list[Statement]:
    """The statements of sentences that stand in sections of their own."""
    file = folder / "a.md"
    text = "\n\n".join(f"# {'一二三四五六'[place]}、部分\n\n{each}" for place, each in enumerate(sentences))
    file.write_text(text, encoding="utf-8")
    return Collector(PROFILE, WORDS).statements(reading_of(read(file), PROFILE), 0)


def relation(statements: list[Statement]) -> Relation | None:
    matcher = Matcher(statements, [""])
    links = [link for link in matcher.links(statements[0]) if link.other is statements[-1]]
    return links[0].relation if links else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省级教改项目 6 项。", "省级教育教学改革研究与实践项目 9 项。"),
        ("建设课证融通课程 85 门。", "累计开设课证融通课程 134 门。"),
        ("社会培训到账额 2787 万元。", "社会服务进账 2787 万元。"),
    ],
)
def test_one_fact_in_other_words_is_linked(tmp_path: Path, one: str, other: str) -> None:
    assert relation(said(tmp_path, one, other)) is Relation.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省级规划教材 5 本。", "国家级规划教材 3 本。"),
        ("横向技术服务合同额 600 万元。", "横向技术服务到款额 400 万元。"),
        ("现代学徒制试点专业 5 个。", "现代学徒制试点专业课程 20 门。"),
        ("募捐资金 5 万元。", "采购土蜂蜜 5 万元。"),
        ("学生知识产权 12 项。", "学生专利 9 人。"),
        ("建设新形态教材 46 本。", "建设数字化新形态教材 38 本。"),
    ],
)
def test_what_differs_in_scope_is_not_linked_as_one_fact(tmp_path: Path, one: str, other: str) -> None:
    assert relation(said(tmp_path, one, other)) is not Relation.SAME


def test_documents_of_other_groups_are_never_linked(tmp_path: Path) -> None:
    one, other = said(tmp_path, "建设课证融通课程 85 门。", "建设课证融通课程 85 门。")
    other = other._replace(document=1)
    assert Matcher([one, other], ["甲", "乙"]).links(one) == []
    assert len(Matcher([one, other], ["甲", "甲"]).links(one)) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("职教帮扶培训 2.46 万人日。", "职教帮扶培训 24617 人日。", True),
        ("职教帮扶培训 2.46 万人日。", "职教帮扶培训 24697 人日。", False),
        ("技能培训约 2800 人次。", "技能培训 2787 人次。", True),
        ("技能培训超过 27000 人次。", "技能培训 27345 人次。", True),
        ("技能培训超过 29000 人次。", "技能培训 27345 人次。", False),
        ("技能培训近 500 人次。", "技能培训 480 人次。", True),
        ("技能培训 43 人次。", "技能培训 44 人次。", False),
    ],
)
def test_rounded_and_approximate_figures_agree(tmp_path: Path, one: str, other: str, expected: bool) -> None:
    first, second = said(tmp_path, one, other)
    assert agree(first, second) is expected
    assert agree(second, first) is expected


def test_the_last_digit_printed_is_the_step(tmp_path: Path) -> None:
    first, second = said(tmp_path, "培训 2.46 万人日。", "培训 24617 人日。")
    assert step(first.quantity, first.value) == 100
    assert step(second.quantity, second.value) == 0


def test_zeros_at_the_end_say_nothing() -> None:
    assert [significant(Decimal(each)) for each in ("41.38", "3500", "20")] == [4, 2, 1]


def test_weights_sum_to_the_same_in_any_order() -> None:
    plain = [math.log(1 + 500 / times) for times in range(1, 400)]
    weights = [summable(weight) for weight in plain]
    assert sum(weights) == sum(reversed(weights)) == sum(sorted(weights, key=str)) == math.fsum(weights)
    assert all(abs(weight - exact) < 1e-6 for weight, exact in zip(weights, plain, strict=True))
