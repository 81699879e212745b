"""Severities are ordered and have a Chinese word each."""

from taizhang.core.finding import Severity


def test_the_gravest_severity_ranks_first() -> None:
    assert Severity.ERROR.rank < Severity.WARNING.rank < Severity.INFO.rank


def test_each_severity_has_its_own_word() -> None:
    assert len({severity.chinese for severity in Severity}) == len(Severity)
