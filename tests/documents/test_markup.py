"""What converters write around words is taken out; what it stands for stays, and knows its place."""

import pytest

from taizhang.documents.markup import IMAGE, strip_markup


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("目标值<sup>1</sup>，**合计**", "目标值¹，合计"),
        ('<div align="center">表1 数量</div>', "表1 数量"),
        ("满意度&nbsp;&ge;95%&amp;以上", "满意度 ≥95%&以上"),
        (r"1\. 精品课程 \- 12\~15 门", "1. 精品课程 - 12~15 门"),
        (r"就业率 $\geq 9 6 . 8 \%$", "就业率 ≥96.8%"),
        (r"$\mathrm{2 0}^{\circ}\mathrm{C}$", "20°C"),
        ("$1 286.5$ 万元", "1286.5 万元"),
        ("成本$50，售价$60", "成本$50，售价$60"),
        (r"$\sum_{i} x_i$", r"$\sum_{i} x_i$"),
        ("前<!-- image -->后", "前后"),
        ("见![](images/a.jpg)图", "见图"),
        ("3<5，6>4", "3<5，6>4"),
        ("A&B", "A&B"),
    ],
)
def test_markup_says_what_it_stands_for(raw: str, text: str) -> None:
    assert strip_markup(raw, 0)[0] == text


def test_kept_words_know_their_columns() -> None:
    raw = r"**合计** $\geq 95 \%$ 以上"
    text, marks = strip_markup(raw, 7)
    starts = {0: 7} | dict(marks)
    for place in ("合", "以"):
        at = text.index(place)
        begin = max(start for start in starts if start <= at)
        assert raw[starts[begin] - 7 + at - begin] == place


def test_a_picture_is_seen() -> None:
    assert IMAGE.search("![表3](images/3.jpg)") and IMAGE.search('<img src="3.jpg"/>')
    assert IMAGE.search("重要！[1](注)") is None
