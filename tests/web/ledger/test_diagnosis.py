import pytest

from taizhang.core.watching import Level
from taizhang.web.ledger.diagnosis import diagnosed, terms, unfinished
from taizhang.web.ledger.models import Forewarning, Gauge, Gauging, Subject

pytestmark = pytest.mark.django_db


def test_a_term_shows_each_subject_with_its_value_the_one_before_and_its_level(scene):
    gauge = Gauge.objects.create(college=scene.college, kind="teacher", name="评教分", measure="分", yellow=85, red=75)
    for code, numbers in (("T1", (90, 70)), ("T2", (80, 92))):
        subject = Subject.objects.create(
            college=scene.college, unit=scene.teaching, kind="teacher", code=code, name=code
        )
        for term, number in zip(("2024", "2025"), numbers, strict=True):
            Gauging.objects.create(subject=subject, gauge=gauge, term=term, number=number)
    assert terms(scene.people.office) == ["2025", "2024"]
    (part,) = diagnosed(scene.people.office, "2025")
    assert [line.subject.code for line in part.lines] == ["T1", "T2"]
    assert part.counts == {"red": 1, "yellow": 0, "fine": 1}
    (value,) = part.lines[0].values
    assert (value.gauging.number, value.before, value.level) == (70, 90, Level.RED)
    assert unfinished([part]) == 0
    (earlier,) = diagnosed(scene.people.office, "2024")
    assert earlier.counts == {"red": 0, "yellow": 1, "fine": 1}
    assert diagnosed(scene.people.outsider, "2025") == []


def test_a_warning_of_a_later_term_stands_in_the_report_of_that_term(scene):
    gauge = Gauge.objects.create(college=scene.college, kind="teacher", name="评教分", measure="分", yellow=85)
    subject = Subject.objects.create(college=scene.college, unit=scene.teaching, kind="teacher", code="T1", name="T1")
    for term, number in (("2024-1", 80), ("2024-2", 70)):
        Gauging.objects.create(subject=subject, gauge=gauge, term=term, number=number)
    for cause, sentence in (
        ("threshold", "2024-1 80分，低于警戒线 85分"),
        ("drop", "2024-2 比2024-1下降 12.5%：80分 → 70分"),
    ):
        Forewarning.objects.create(
            college=scene.college, unit=scene.teaching, subject=subject, gauge=gauge, key=f"{subject.pk}", name="T1",
            cause=cause, level=2, reach=2, sentence=sentence, raised_on="2025-01-10",
        )  # fmt: skip
    assert [unfinished(diagnosed(scene.people.office, term)) for term in ("2024-1", "2024-2")] == [1, 2]
