"""The theme is well-formed and names the fonts of the style."""

from lxml import etree

from taizhang.reports.word.appearance import official
from taizhang.reports.word.theme import theme


def test_the_theme_has_the_fonts_of_the_style() -> None:
    root = etree.fromstring(theme(official()))
    faces = {each.get("typeface") for each in root.iter("{*}ea")}
    assert faces == {"仿宋_GB2312"}
