"""Files checked by several processes come to the very result of one process."""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taizhang.checks import Result, check_files, crew
from taizhang.checks.present.json import to_json

SAMPLES = sorted((Path(__file__).parents[2] / "corpus").glob("*.docx"))[:8]
BROKEN = b"PK\x03\x04 cut short"


@pytest.fixture(autouse=True)
def _every_file_is_worth_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_WORTH", 0)
    monkeypatch.setattr(crew, "_FEWEST", 2)


def told(result: Result) -> Result:
    """All that a result tells; of the documents their names, for two that were read twice are not one."""
    assert [document.file for document in result.documents] == [
        f for f in result.files if f not in dict(result.unreadable)
    ]
    return replace(result, documents=())


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.sampled_from(SAMPLES), min_size=2, max_size=5),
    st.integers(2, 3),
    st.sampled_from([(), ("CON", "XDC"), ("STR", "TGT", "LED")]),
    st.booleans(),
)
def test_processes_change_nothing_in_the_result(
    tmp_path: Path, samples: list[Path], processes: int, select: tuple[str, ...], broken: bool
) -> None:
    files = []
    for number, sample in enumerate(samples):
        files.append(tmp_path / str(number) / sample.name)  # a name may come twice
        files[-1].parent.mkdir(exist_ok=True)
        files[-1].write_bytes(sample.read_bytes())
    if broken:
        files.insert(1, tmp_path / "坏.docx")
        files[1].write_bytes(BROKEN)
    steps: Counter[Path] = Counter()
    apart = check_files(files, select=select, processes=processes, on_step=lambda path: steps.update([path]))
    assert told(apart) == told(check_files(files, select=select))
    assert steps == dict.fromkeys(files, 2)


@given(st.lists(st.integers(0, 6), min_size=2, max_size=4), st.data())
def test_each_file_is_taken_once_and_the_highest_pile_helped_first(heights: list[int], data: st.DataObject) -> None:
    numbers = iter(range(sum(heights)))
    own = [[next(numbers) for _ in range(height)] for height in heights]
    piles = crew._Piles(own)
    taken: list[int] = []
    while any(own):
        before = [list(pile) for pile in own]
        who, ahead = data.draw(st.integers(0, len(own) - 1)), data.draw(st.booleans())
        number = piles.next_of(own[who], ahead=ahead)
        if number is None:
            assert ahead  # what is left must not wait behind the work of one
            assert sum(map(len, before)) <= len(own)
            continue
        taken.append(number)
        assert number in (before[who] or max(before, key=len))
    assert sorted(taken) == list(range(sum(heights)))
    assert piles.next_of(own[0]) is None


def test_documents_come_back_as_they_were_read() -> None:
    apart, here = (check_files(SAMPLES[:2], processes=processes).documents for processes in (2, 1))
    assert apart == here


def test_without_its_documents_a_result_says_the_same() -> None:
    light, here = (check_files(SAMPLES[:3], processes=processes, whole=processes == 1) for processes in (2, 1))
    assert to_json(light) == to_json(here)
    assert [document.file for document in light.documents] == [document.file for document in here.documents]
    assert not any(table.rows for document in light.documents for table in document.tables)


def test_where_no_process_can_be_started_the_files_are_checked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "_START", "import sys; sys.exit(3)")
    steps: list[Path] = []
    lost = check_files(SAMPLES[:2], processes=2, on_step=steps.append)
    assert told(lost) == told(check_files(SAMPLES[:2]))
    assert sorted(steps) == sorted([*SAMPLES[:2], *SAMPLES[:2]])


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux which processes there are")
def test_no_process_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_path: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_files(SAMPLES[:3], processes=2, on_step=stop)
    tasks = Path(f"/proc/{os.getpid()}/task")
    assert not "".join((task / "children").read_text() for task in tasks.iterdir()).strip()
