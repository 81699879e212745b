"""The projected grade: floors beat scores, and the way to the next grade is the shortest."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.attainment import Goal
from taizhang.core.grade import Tier, projected
from taizhang.core.scoring import Scheme, Scorable, scored
from taizhang.profiles import load

D = Decimal
SCHEME = Scheme.of(load("national").sections, parts=load("budget-form").sections["scoring"]["parts"])


def tier(name, *actuals):
    items = [
        Scorable(key=place, name=f"指标{place}", part="产出", goal=Goal(D(10)), actual=D(actual))
        for place, actual in enumerate(actuals, 1)
    ]
    return Tier(name, scored(items, SCHEME))


TIERS = some.lists(some.lists(some.integers(0, 12), min_size=1, max_size=6), min_size=1, max_size=3)


@given(TIERS)
def test_what_every_gain_gives_makes_a_hundred(told):
    tiers = [tier(f"层面{place}", *actuals) for place, actuals in enumerate(told)]
    found = projected(tiers, SCHEME)
    assert abs(found.total + sum(gain.points for gain in found.gains) - 100) < D("0.05")
    assert list(found.gains) == sorted(found.gains, key=lambda gain: -gain.points)


@given(TIERS)
def test_the_path_reaches_the_next_grade_and_no_shorter_one_does(told):
    found = projected([tier(f"层面{place}", *actuals) for place, actuals in enumerate(told)], SCHEME)
    if found.following is None:
        assert found.total >= 90
        assert not found.path
    else:
        assert found.total < found.following.start
        gained = [gain.points for gain in found.path]
        assert sum(gained) >= found.short > sum(gained[:-1])


def test_school_and_groups_are_put_together_by_the_rule():
    found = projected([tier("学校", 10, 10), tier("机电群", 8), tier("信息群", 6)], SCHEME)
    assert found.total == 85
    assert (found.grade.name, found.following and found.following.name, found.short) == ("良", "优", 5)
    assert found.working == ("学校 100 分 × 50% ＋ 机电群 80 分 × 25% ＋ 信息群 60 分 × 25% = 85 分，80 分起为“良”",)
    assert [(gain.tier, gain.points) for gain in found.gains] == [("信息群", 10), ("机电群", 5)]
    assert [gain.tier for gain in found.path] == ["信息群"]


def test_where_the_rule_knows_no_weights_only_the_school_counts_and_it_is_said():
    found = projected([tier("学校", 9), *(tier(f"群{number}", 1) for number in range(4))], SCHEME)
    assert found.total == 90
    assert found.working[0] == "评分办法没有规定 1 个学校层面和 4 个专业群怎样合成，只算学校"


def test_a_floor_beats_any_score():
    full = [tier("学校", 10)]
    assert projected(full, SCHEME, completion=D(80)).grade.name == "优"
    low = projected(full, SCHEME, completion=D("79.99"), management=[("学校", D("17.5")), ("机电群", D(18))])
    assert (low.grade.name, low.total) == ("差", 100)
    assert low.fails == ("任务完成度 79.99% 低于 80%", "学校“管理与执行”得分 17.5 低于 18 分")
    assert low.following is None
    declared = projected(full, SCHEME, declared=(SCHEME.fails[0], "别的话"))
    assert declared.fails == (SCHEME.fails[0],)
