"""What a run hands on says plainly what was not seen."""

import pytest

from taizhang.checks.result import Coverage


@pytest.mark.parametrize(
    ("coverage", "sentence"),
    [
        (Coverage(numbers=0, read=0, linked=0, checked=0), "没有读到数字。"),
        (
            Coverage(numbers=9, read=9, linked=2, checked=5),
            "读到数字 9 个，全部读懂；与别处对得上的 2 个，经过核对的 5 个。",
        ),
        (
            Coverage(numbers=9, read=7, linked=2, checked=5),
            (
                "读到数字 9 个，其中 7 个读懂，与别处对得上的 2 个，经过核对的 5 个；"
                "没有读懂的 2 个列在读取结果（taizhang read）里。"
            ),
        ),
    ],
)
def test_coverage_in_words(coverage: Coverage, sentence: str) -> None:
    assert coverage.sentence() == sentence
