import pytest

from taizhang.intake.form_words import FormWords
from taizhang.profiles import load

WORDS = FormWords(load().sections["scoring"])


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("分值", "weight"), ("得分（20分*执行率）", "score"), ("全年执行数（B）", "executed"), ("全年执行", "executed"),
        ("2023年实际值", "actual"), ("期满目标", "target"), ("完成率", "attained"), ("执行率（B/A）", "rate"),
        ("1—7月执行", None), ("2021年完成", None), ("一级指标以外的其他需要说明的事项请写在这里", None),
    ],
)  # fmt: skip
def test_a_header_cell_is_known_by_its_words(head, role):
    assert WORDS.role(head) == role


def test_the_third_level_names_an_indicator_more_surely_than_a_heading_of_all():
    assert WORDS.rank_of_name("三级指标") < WORDS.rank_of_name("绩效指标") < WORDS.rank_of_name("别的")
