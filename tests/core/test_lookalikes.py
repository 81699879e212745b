"""What looks like a quantity and is none."""

import re

from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import lookalikes
from taizhang.core.quantities import quantities
from taizhang.profiles import load

CATALOGUE = load().catalogue
NUMBERS = st.integers(1, 999)
TRAPS = st.one_of(
    st.builds("“{}+{}”培养模式".format, NUMBERS, NUMBERS),
    st.builds("{}+X证书".format, NUMBERS),
    st.builds("《{}个案例汇编》".format, NUMBERS),
    st.builds("“{}个行动”".format, NUMBERS),
    st.builds("第{}批名单".format, NUMBERS),
    st.builds("第 {} 期".format, NUMBERS),
    st.builds("{}强企业".format, NUMBERS),
    st.builds("云教职〔20{:02}〕{}号".format, st.integers(10, 30), NUMBERS),
    st.builds("20{:02} 年 {} 月 {} 日".format, st.integers(0, 49), st.integers(1, 12), st.integers(1, 31)),
    st.builds("20{:02}-20{:02}年".format, st.integers(0, 20), st.integers(21, 49)),
    st.builds("见表 {}-{}".format, NUMBERS, NUMBERS),
    st.builds("{}.{}.{}.{}".format, NUMBERS, NUMBERS, NUMBERS, NUMBERS),
    st.builds("ISO{}".format, NUMBERS),
    st.builds("{}.{}版".format, NUMBERS, NUMBERS),
    st.builds("近{}年来".format, st.integers(2, 9)),
)


@given(TRAPS, st.sampled_from(["", "落实", "学校获批", "，"]), st.sampled_from(["", "。", "，成效明显", "工作"]))
def test_a_lookalike_never_gives_a_statement(trap: str, before: str, after: str) -> None:
    found = quantities(before + trap + after, CATALOGUE)
    assert [q for q in found if CATALOGUE.normal(q)[1] != "年月"] == []


@given(TRAPS, TRAPS)
def test_a_quantity_among_lookalikes_is_found(first: str, second: str) -> None:
    found = quantities(f"{first}，新建基地 12 处，{second}", CATALOGUE)
    assert [(q.value, q.unit) for q in found if q.unit != "年"] == [(12, "处")]


def test_every_pattern_begins_with_one_of_the_beginnings() -> None:
    begins = re.compile("[" + lookalikes.BEGINNINGS.replace("[", r"\[") + "]")
    examples = [
        "“双千”",
        "‘三进’",
        "《办法》",
        "【注】",
        "2023年",
        "5月",
        "〔2023〕1号",
        "表 2-1",
        "1+X",
        "千人计划",
        "三分之一",
    ]
    patterns = re.compile("|".join((*lookalikes.QUOTED, *lookalikes.DATED, *lookalikes.CODED)))
    assert [text for text in examples if not patterns.match(text) or not begins.match(text)] == []
