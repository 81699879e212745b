"""Every page that each role reaches: nothing complains, nothing is in anyone's way, and a phone is wide enough."""

import pytest

from web_browser import DESK, PHONE, pages_of

PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, printed by `taizhang manage demo`


@pytest.mark.parametrize(
    ("username", "least"),
    [("shuanggao", 30), ("jiaowu", 18), ("zuzhang", 14), ("zhuanjia", 7), ("shengting", 12), ("guanli", 9)],
)
def test_every_page_is_fit_for_people(college, visitor, username, least):
    someone = visitor(college).enter(username, PASSWORD)
    wrong = []
    paths = list(look(someone, wrong, username == "shuanggao"))
    assert wrong == []
    assert len(paths) >= least, paths


# The office reaches nearly every page; with the others only what is their own is asked of axe, which takes seconds.
OWN = ("/judging/", "/oversight/", "/units/", "/people/", "/entries/table/")


def look(someone, wrong, everything):
    for path in pages_of(someone):
        if everything or path == "/" or path.startswith(OWN):
            wrong.extend(f"{path}: {barrier}" for barrier in someone.barriers())
        if someone.page.locator("h1").count() != 1:
            wrong.append(f"{path}: not one heading")
        someone.page.set_viewport_size(PHONE)
        if someone.overflow() > 0:
            wrong.append(f"{path}: wider than a phone by {someone.overflow()} px")
        someone.page.set_viewport_size(DESK)
        yield path


def test_the_door_and_what_is_not_there(college, visitor):
    someone = visitor(college, viewport=PHONE)
    someone.go("/login/")
    assert someone.barriers() == []
    assert someone.overflow() <= 0
    someone.enter("jiaowu", PASSWORD)
    answer = someone.page.goto(f"{college}/entries/999999/")
    assert answer.status == 404
    assert "没有这一页" in someone.text()
    assert someone.overflow() <= 0
    # The browser itself notes the 404 as an error.
    someone.complaints[:] = [each for each in someone.complaints if "404" not in each]


def test_a_list_prints(college, visitor):
    someone = visitor(college).enter("shuanggao", PASSWORD)
    someone.go("/entries/")
    pdf = someone.page.pdf(format="A4", landscape=True)
    import pypdfium2

    printed = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert "1-1 2022①" in text and "制定思政工作质量提升方案" in text
    assert "筛选" not in text and "工作台" not in text
