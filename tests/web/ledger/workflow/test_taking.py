"""A document goes into the plan whole or not at all, and a second time changes only what differs."""

import random
import subprocess
import textwrap
import time
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from taizhang.intake.programme import Decision, DifferenceKind, DoubtKind, Step, as_printed
from taizhang.web.ledger import history
from taizhang.web.ledger.models import Entry, Indicator, Point, Target, Task
from taizhang.web.ledger.workflow import programme as plan
from taizhang.web.ledger.workflow import taking
from taizhang.web.ledger.workflow.rounds import Opening
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

SEEDS = Path(__file__).resolve().parents[5] / "shared"
REPORT = """# 青禾职业技术学院中期自评报告

## （一）建设任务

### 1 深化产教融合

#### 1-1 组建产业学院

表1 “组建产业学院”任务完成情况表

| 序号 | 2023年计划 | 2023年完成情况 | 2024年计划 | 2024年完成情况 | 完成率 |
|---|---|---|---|---|---|
| 1 | ①制定章程1项 | ①已制定章程1项 | ①引入企业3家 | ①引入企业3家 | 100% |
| 2 | ②建设课程4门 | ②建成课程4门 | ②编写教材2本 | ②编写教材2本 | 100% |

表2 数量指标完成情况表

| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|---|
| 1.1.1 校级课程（门） | 10 | 5 | 6 | 120% |
| 1.1.2 新编教材（本） | 4 | 2 | 已出版若干 | 100% |
"""


def dates():
    return {"due_person": date(2026, 1, 1), "due_department": date(2026, 1, 2), "due_team": date(2026, 1, 3),
            "due_school": date(2026, 1, 4)}  # fmt: skip


@pytest.fixture
def programme(scene):
    return plan.found(
        scene.people.office, scene.college, plan.Founding(name="产教融合", first_year=2023, last_year=2026)
    )


def begun(scene, programme, text=REPORT):
    period = programme.periods.get(name="中期")
    return taking.begin(scene.people.office, programme, "自评.md", text.encode(), scene.teaching, period)


def decided(scene, row):
    seen = taking.understood(row)
    return taking.decide(scene.people.office, row, row.version, as_printed(seen.draft, seen.undecided))


def written(scene, programme, text=REPORT, **more):
    return taking.write(scene.people.office, decided(scene, begun(scene, programme, text)), **more)


def opening(programme, name="中期"):
    return Opening(name=name, period=programme.periods.get(name="中期"), **dates())


def test_a_report_comes_in_with_its_targets_and_what_it_tells(scene, programme):
    outcome = written(scene, programme, opening=opening(programme))
    assert outcome.added == {"任务": 1, "任务点": 4, "绩效指标": 2, "目标值": 4, "填报项": 6}
    points = Point.objects.filter(programme=programme)
    assert [(point.label, point.plan) for point in points] == [
        ("2023①", "制定章程1项"), ("2023②", "建设课程4门"), ("2024①", "引入企业3家"), ("2024②", "编写教材2本"),
    ]  # fmt: skip
    told = Entry.objects.get(round__programme=programme, indicator__code="1.1.1")
    assert (told.number, told.rate) == (6, "120%")
    in_words = Entry.objects.get(round__programme=programme, indicator__code="1.1.2")
    assert (in_words.text, in_words.number) == ("已出版若干", None)
    assert list(history.breaks(scene.college)) == []


def test_nothing_is_written_before_every_doubt_is_decided(scene, programme):
    row = begun(scene, programme)
    assert len(taking.understood(row).undecided) == 1
    with pytest.raises(OutOfOrderError, match="1 处存疑"):
        taking.write(scene.people.office, row)
    assert not Task.objects.filter(programme=programme).exists()


def test_a_decision_stands_in_what_is_written(scene, programme):
    row = begun(scene, programme)
    taking.decide(scene.people.office, row, 1, {0: Decision(step=Step.CHANGE, text="3")})
    taking.write(scene.people.office, row, opening=opening(programme))
    assert Entry.objects.get(round__programme=programme, indicator__code="1.1.2").number == 3


UNDATED = "\n表3 满意度完成情况\n\n| 指标 | 目标值 | 完成值 | 完成率 |\n|---|---|---|---|\n| 学生满意度（%） | ≥90 | 95 | 100% |\n"


@pytest.mark.parametrize("text", [REPORT, REPORT + UNDATED])
def test_the_same_document_again_changes_nothing(scene, programme, text):
    written(scene, programme, text)
    again = decided(scene, begun(scene, programme, text))
    assert taking.compared(again) == ()
    outcome = taking.write(scene.people.office, again)
    assert (sum(outcome.added.values()), outcome.changed) == (0, 0)


def test_a_later_document_changes_what_differs_and_adds_what_is_new(scene, programme):
    written(scene, programme)
    later = REPORT.replace("②编写教材2本 | ②", "②编写教材3本 | ②").replace("| 10 | 5 |", "| 12 | 5 |")
    later += "| 1.1.3 培训规模（人日） | 9000 | 4000 | 4100 | 100% |\n"
    row = decided(scene, begun(scene, programme, later))
    kinds = Counter(each.change for each in taking.compared(row))
    assert kinds == {DifferenceKind.CHANGED: 2, DifferenceKind.ADDED: 1}
    taking.write(scene.people.office, row)
    assert Point.objects.filter(programme=programme).count() == 4
    assert Point.objects.get(programme=programme, year=2024, ordinal=2).plan == "编写教材3本"
    assert Target.objects.get(indicator__code="1.1.1", period__name="期满", indicator__programme=programme).text == "12"
    assert Indicator.objects.get(programme=programme, code="1.1.3").targets.count() == 2


def test_a_difference_not_chosen_is_left(scene, programme):
    written(scene, programme)
    row = decided(scene, begun(scene, programme, REPORT.replace("制定章程1项 | ①已", "制定章程2项 | ①已")))
    (difference,) = taking.compared(row)
    outcome = taking.write(scene.people.office, row, leave=frozenset({taking.key_of(difference)}))
    assert (outcome.changed, outcome.left) == (0, 1)
    assert Point.objects.get(programme=programme, year=2023, ordinal=1).plan == "制定章程1项"


def test_what_cannot_be_written_leaves_nothing_behind(scene, programme):
    text = REPORT.replace("校级课程", "校" * 301)
    before = list(history.Change.objects.values_list("number", flat=True))
    row = decided(scene, begun(scene, programme, text))
    with pytest.raises(RefusedError, match="太长"):
        taking.write(scene.people.office, row, opening=opening(programme))
    assert not Task.objects.filter(programme=programme).exists()
    assert not programme.rounds.exists()
    assert len(history.Change.objects.values_list("number", flat=True)) == len(before) + 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.exe", "MZ", "不认识"),
        ("a.docx", "not a zip", "docx"),
        ("a.txt", "一段没有表格的话。", "没有认出"),
    ],
)
def test_a_document_that_says_nothing_of_a_plan_is_refused(scene, programme, name, content, sentence):
    with pytest.raises(RefusedError, match=sentence):
        taking.begin(scene.people.office, programme, name, content.encode(), scene.teaching, None)
    assert not programme.takings.exists()


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "expert", "province", "outsider"])
def test_only_the_office_takes_in(scene, programme, role):
    row = begun(scene, programme)
    for step in (
        lambda who: begun(replace_office(scene, who), programme),
        lambda who: taking.decide(who, row, 1, {}),
        lambda who: taking.write(who, row),
    ):
        with pytest.raises(NotAllowedError):
            step(getattr(scene.people, role))


def replace_office(scene, who):
    people = type(scene.people)(**{**vars(scene.people), "office": who})
    return type(scene)(**{**vars(scene), "people": people})


def test_who_decides_on_an_older_page_is_told(scene, programme):
    row = begun(scene, programme)
    taking.decide(scene.people.office, row, 1, {0: Decision(step=Step.KEEP)})
    with pytest.raises(StaleError):
        taking.decide(scene.people.office, row, 1, {0: Decision(step=Step.LEAVE)})


@pytest.mark.skipif(not SEEDS.exists(), reason="the real report stands in ../shared, which is not here")
@pytest.mark.parametrize("place", ["seeds/003_3b8885fe2340e94d.txt", "fixtures/report.docx"])
def test_the_real_report_comes_in_whole(scene, place):
    """Every task point and indicator with its values, held against the labelled tables cell by cell."""
    import json

    office = scene.people.office
    programme = plan.found(office, scene.college, plan.Founding(name="真实", first_year=2022, last_year=2026))
    programme.periods.filter(name="中期").update(last_year=2023)
    mid = programme.periods.get(name="中期")
    row = taking.begin(office, programme, Path(place).name, (SEEDS / place).read_bytes(), scene.teaching, mid)
    seen = taking.understood(row)
    outcome = taking.write(office, decided(scene, row), opening=replace(opening(programme), period=mid))
    assert (outcome.added["任务点"], outcome.added["绩效指标"]) == (len(seen.draft.points), len(seen.draft.indicators))
    assert (outcome.added["任务点"], outcome.added["绩效指标"]) == (289, 227)
    gold = json.loads((SEEDS / "gold/tables_003.json").read_text(encoding="utf-8"))
    printed = Counter(bare(cell) for table in gold for row in table["rows"] for cell in row)
    for target in Target.objects.filter(indicator__programme=programme):
        assert printed[bare(target.text)], target.text
    entries = Entry.objects.filter(round__programme=programme).select_related("point")
    told = [entry.text for entry in entries if entry.text and entry.point is not None]
    whole = "".join(bare(cell) for table in gold for row in table["rows"] for cell in row)
    assert [text for text in told if bare(text) not in whole] == []
    assert len(told) == 289 - sum(doubt.kind is DoubtKind.DONE for doubt in seen.draft.doubts)


def bare(text):
    return "".join(text.split())


_TAKER = textwrap.dedent("""
    import sys, django
    django.setup()
    from taizhang.intake.programme import as_printed
    from taizhang.web.ledger.models import Person, Unit
    from taizhang.web.ledger.workflow import programme as plan, taking
    from taizhang.web.ledger.workflow.rounds import usual_opening
    office = Person.objects.get(username="shuanggao")
    college = Unit.objects.get(name="云岭职业技术学院")
    text = sys.stdin.read()
    for turn in range(100):
        owner = plan.found(office, college, plan.Founding(f"{sys.argv[1]}-{turn}", first_year=2023, last_year=2026))
        period = owner.periods.get(name="中期")
        row = taking.begin(office, owner, "自评.md", text.encode(), college, period)
        row = taking.decide(office, row, row.version, as_printed(taking.understood(row).draft, range(1000)))
        print("begun", row.pk, flush=True)
        taking.write(office, row, opening=usual_opening("导入", period))
        print("written", row.pk, flush=True)
""")
_TAKEN = textwrap.dedent("""
    import sys, django
    django.setup()
    from taizhang.web.ledger import history
    from taizhang.web.ledger.models import Entry, Person, Taking
    from taizhang.web.ledger.workflow import taking
    from taizhang.web.ledger.workflow.rounds import usual_opening
    told = {int(pk): word for word, pk in map(str.split, sys.stdin)}
    halves = set()
    def all_of(row):
        made = Entry.objects.filter(round__programme=row.programme)
        return row.programme.points.count(), row.programme.indicators.count(), made.count(), made.exclude(text="").count()
    for row in Taking.objects.select_related("programme__college"):
        assert row.written_at is not None or told.get(row.pk) != "written", row
        assert row.written_at is not None or not any(all_of(row)), all_of(row)
        print("whole" if row.written_at else "nothing", flush=True)
        if row.written_at is None:
            office = Person.objects.get(username="shuanggao")
            taking.write(office, row, opening=usual_opening("导入", row.period))
        halves.add(all_of(row))
    assert set(told) <= set(Taking.objects.values_list("pk", flat=True))
    assert len(halves) == 1 and all(next(iter(halves))), halves
    assert list(history.breaks(row.programme.college)) == []
""")


def test_kill_9_while_writing_leaves_all_or_nothing(own_site):
    """A real process on a real database file, killed while it writes; what is not there is written by the next try."""
    chance = random.Random(20261122)  # noqa: S311 - instants to kill at, not secrets
    text = REPORT + "".join(f"| 1.2.{n} 第{n}类课程（门） | 10 | 5 | {n} | 100% |\n" for n in range(1, 80))
    told = []
    for turn, pause in enumerate((0, *(chance.uniform(0.0, 0.4) for _ in range(3)))):
        taker = own_site.begin(_TAKER, str(turn), stdin=subprocess.PIPE)
        taker.stdin.write(text)
        taker.stdin.close()
        told.append(taker.stdout.readline())
        time.sleep(pause)
        taker.kill()
        told += taker.stdout.readlines()
        taker.wait()
    after = own_site.run("-c", _TAKEN, input="".join(line for line in told if line.endswith("\n")), capture_output=True)
    assert "nothing" in after.stdout.split()
