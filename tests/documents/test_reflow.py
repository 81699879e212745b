from hypothesis import given
from hypothesis import strategies as st

from taizhang.documents.blocks import Paragraph, Role
from taizhang.documents.reflow import Line, join, reflow, width_of

SENTENCE = st.text("学校建设课程团队平台服务", min_size=12, max_size=90).map(lambda text: text + "。")


def wrapped(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]


@given(st.lists(SENTENCE, min_size=6, max_size=9), st.integers(18, 40))
def test_wrapping_at_a_width_and_healing_gives_the_paragraphs_back(paragraphs: list[str], width: int) -> None:
    # A paragraph whose last line is full cannot be told from one that goes on; give each a short last line.
    paragraphs = [
        text if len(text) % width not in range(width - 4, width) and len(text) % width else text[:-9] + "。"
        for text in paragraphs
    ]
    paragraphs = [text for text in paragraphs if 0 < len(text) % width < width - 4]
    lines = [
        Line(part, number, 0) for number, part in enumerate((p for text in paragraphs for p in wrapped(text, width)), 1)
    ]
    found = width_of(lines)
    if found is None:
        return  # too few full lines to see a width
    assert [block.text for block in reflow(lines, "a.txt", found)] == paragraphs


def test_a_page_break_inside_a_sentence_is_healed_across_a_footnote() -> None:
    lines = [
        Line("一、培训工作", 1, 0),
        Line("全年面向企业职工和社区居民开展各类培训，累计服务超过", 2, 0),
        Line("¹数据来自继续教育学院。", 4, 0, role=Role.FOOTNOTE),
        Line("一万人次，受到好评。", 6, 0),
    ]
    blocks = reflow(lines, "a.txt", None)
    assert blocks[0].text == "一、培训工作"
    assert [b.text for b in blocks[1:]] == [
        "全年面向企业职工和社区居民开展各类培训，累计服务超过一万人次，受到好评。",
        "¹数据来自继续教育学院。",
    ]
    assert blocks[1].at(26, 30).line == 6


def test_a_title_does_not_run_into_the_text_below_it() -> None:
    lines = [Line("云岭职业技术学院", 1, 0), Line("2023 年度工作报告", 2, 0), Line("2023 年，学校完成各项任务。", 3, 0)]
    assert [b.text for b in reflow(lines, "a.txt", None)] == [line.text for line in lines]


def test_a_wrapped_heading_is_one_heading() -> None:
    body = [Line("甲" * 30, number, 0) for number in range(1, 12)]
    heading = [Line("三、面向山区县域产业和社区居民需求构建终身学习服务体系，提升学", 20, 0), Line("校服务能力", 21, 0)]
    blocks = reflow([*body, *heading], "a.txt", 30)
    assert blocks[-1].text.startswith("三、面向山区") and blocks[-1].text.endswith("提升学校服务能力")
    assert blocks[-1].text.endswith("提升学校服务能力")


def test_words_in_latin_letters_keep_a_space_and_chinese_does_not() -> None:
    assert join(["open", "source", "课程", "平台"])[0] == "open source课程平台"


def test_paragraphs_keep_their_role() -> None:
    assert isinstance(reflow([Line("目录 …… 1", 1, 0, role=Role.CONTENTS)], "a.txt", None)[0], Paragraph)
