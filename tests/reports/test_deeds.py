"""What was done, in sentences: every number is a figure, the parts agree with the whole, and nothing is claimed beyond it."""

import re
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from report_snapshots import small
from taizhang.core.record import Partner, Record, RecordMeasure
from taizhang.records import shelf
from taizhang.reports.deeds import deeds
from taizhang.reports.digest import of_record, place_of
from taizhang.reports.outline import Figure, Paragraph
from taizhang.reports.snapshot import Recorded, Snapshot, Tie
from taizhang.reports.traces import Traces

KIND = shelf()["award"]
CLAIMS = re.compile("全面|全部|圆满|显著|超额|均已|第一|领先")


def words(paragraph: Paragraph) -> str:
    return "".join(run if isinstance(run, str) else getattr(run, "text", "") for run in paragraph.runs)


@st.composite
def awards(draw: st.DrawFn) -> list[Recorded]:
    rows = []
    tells = draw(st.booleans())
    for number in range(draw(st.integers(1, 7))):
        measures = [RecordMeasure("获奖数", Decimal(draw(st.integers(1, 9))), "项")] if tells else []
        if draw(st.booleans()):
            people = RecordMeasure(
                "获奖人数", Decimal(draw(st.integers(1, 90))), "人", draw(st.sampled_from(["", "超"]))
            )
            measures.append(people)
        record = Record(
            id=f"R{number}", kind="award", title=f"竞赛{'甲乙丙丁戊己庚'[number]}", measures=tuple(measures),
            state=draw(st.sampled_from(["awarded", "awarded", "applied"])), partners=(Partner("云岭机床有限公司"),),
            level=draw(st.sampled_from([None, "国家级", "省级", "校级"])), start=date(draw(st.integers(2021, 2023)), 5, 1),
        )  # fmt: skip
        rows.append(of_record(f"record/{number}", record, KIND, (Tie(task="2", why="标签“校企双元育人”"),)))
    return rows


@given(awards())
def test_every_number_in_a_sentence_is_a_figure_that_opens_to_what_makes_it(rows: list[Recorded]) -> None:
    told = Snapshot(**{**{f: getattr(small(), f) for f in small().__dataclass_fields__}, "records": tuple(rows)})
    place = place_of(next(task for task in told.tasks if task.key == "2"))
    traces = Traces(told)
    for paragraph in deeds(place, rows):
        bare = "".join(run for run in paragraph.runs if isinstance(run, str))
        assert not re.search(r"\d", re.sub(r"20\d\d 年", "", bare))
        assert not CLAIMS.search(words(paragraph))
        assert all(traces.of(run.address) for run in paragraph.runs if isinstance(run, Figure))


@given(awards())
def test_the_years_add_up_to_the_whole_and_no_level_exceeds_it(rows: list[Recorded]) -> None:
    counted = [each for each in rows if each.counts]
    if not counted:
        return
    text = words(next(iter(deeds("place", rows))))
    whole = int(re.search(r"获得荣誉与奖项 (\d+) 项", text)[1])  # type: ignore[index]
    years = re.findall(r"20\d\d 年 (\d+) 项", text)
    levels = re.findall(r"(?:国家级|省级|校级) (\d+) 项", text)
    assert not years or sum(map(int, years)) == whole
    assert sum(map(int, levels)) <= whole


def test_what_cannot_be_added_up_is_told_with_its_bound_and_what_is_not_done_apart() -> None:
    asked = Record(id="R1", kind="award", title="在评奖项", state="applied")
    bound = RecordMeasure("获奖人数", Decimal(30), "人", "超")
    won = Record(id="R2", kind="award", title="已获奖项", state="awarded", measures=(bound,))
    rows = [of_record(f"record/{each.id}", each, KIND) for each in (asked, won)]
    first, second = [words(each) for each in deeds("place", rows)]
    assert first == "获得荣誉与奖项 1 项；另有不能相加的：“已获奖项”获奖人数 超 30 人，即“已获奖项”。"
    assert second.startswith("没有做成、不计入的荣誉与奖项：“在评奖项”")
