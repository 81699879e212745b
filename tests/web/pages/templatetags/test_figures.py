"""Numbers on pages are as people write them."""

from decimal import Decimal

from django.utils.translation import override

from taizhang.core.attainment import Direction, Goal, attained
from taizhang.core.satisfaction import Survey, lacking
from taizhang.web.pages.templatetags.figures import plain, said


def test_a_number_has_no_needless_zeros_and_no_endless_ones():
    assert [plain(each) for each in (Decimal("230.000000"), Decimal(200) / 3, None)] == ["230", "66.666667", "—"]
    assert plain(Decimal(3005) / Decimal("31.2"), "%") == "96.3141"


def test_a_sentence_of_the_core_is_said_in_the_language_of_the_page():
    working = attained(Goal(Decimal(4), direction=Direction.LOWER), Decimal(5)).working[0]
    assert said(working) == working == "越低越好：4 ÷ 5 = 80%"
    with override("en"):
        assert said(working) == "Less is better: 4 ÷ 5 = 80%"
        assert (
            said(lacking(Survey(subject="", value=None)))
            == "the value, sample, instrument or agency, date of the survey"
        )
        assert said("学校自己的话") == "学校自己的话"
