"""The style file becomes styles that Word knows by their built-in names, with fonts to fall back on."""

from lxml import etree

from taizhang.documents.blocks import Role
from taizhang.documents.docx.styles import Numbering, Styles
from taizhang.reports.word.appearance import font_table, numbering, official, styles


def test_headings_have_levels_and_captions_their_role() -> None:
    made = Styles(etree.fromstring(styles(official())))
    assert [made[f"Heading{level}"].level for level in range(1, 6)] == [1, 2, 3, 4, 5]
    assert [made[f"Plain{level}"].level for level in range(1, 6)] == [1, 2, 3, 4, 5]
    assert made["Heading1"].list == "1"
    assert made["Plain1"].list is None
    assert made["TableCaption"].role is Role.CAPTION
    assert made["TOC2"].role is Role.CONTENTS


def test_headings_are_numbered_as_official_documents_are() -> None:
    lists = Numbering(etree.fromstring(numbering(official(), [3, 4])))
    levels = (0, 0, 1, 2, 3, 4)
    assert [lists.label("1", level, f"Heading{level + 1}") for level in levels] == [
        "一、", "二、", "（一）", "1.", "（1）", "①",
    ]  # fmt: skip


def test_each_numbered_list_begins_at_one() -> None:
    lists = Numbering(etree.fromstring(numbering(official(), [3, 4])))
    assert [lists.label(number, 0, None) for number in ("3", "3", "4")] == ["1.", "2.", "1."]


def test_a_page_is_a4_and_its_text_156_by_225_millimetres() -> None:
    look = official()
    assert (look.width(), look.height()) == (8845, 12756)
    assert look.width(landscape=True) == look.height()
    assert look.height(landscape=True) == look.width()


def test_every_font_has_others_to_fall_back_on() -> None:
    made = font_table(official())
    assert made.count("<w:font ") == made.count("<w:altName ") == len(official().fonts)
    used = {told["字体"] for told in official().styles.values()}
    assert used <= set(official().fonts)
