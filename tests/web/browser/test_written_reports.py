"""编写报告 in a real browser: ordered, built by the worker, edited by hand, flagged, refreshed, handed in."""

import re
import zipfile

from web_browser import PHONE

PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, printed by `taizhang manage demo`
REASON = "审后更正已口头确认"


def by_hand(source, target, before, after):
    """A figure typed over, as someone would in Word."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data, count = re.subn(before.encode(), after.encode(), data, count=1)
                assert count == 1
            new.writestr(name, data)


def test_the_office_builds_edits_is_told_refreshes_and_hands_in(college, visitor, tmp_path):
    office = visitor(college).enter("shuanggao", PASSWORD).go("/built/")
    office.page.locator("#id_period").select_option(label="中期 · 省域高水平高职学校建设")
    office.page.locator("#id_name").fill("中期自评（浏览器）")
    office.press("冻结台账并生成")
    assert "审后有改动" in office.text()  # what stands in the way is told, with the way to it
    office.complaints.clear()  # a form that is refused answers 422, which the console tells too
    office.page.locator("#id_override").fill(REASON)
    office.press("冻结台账并生成")
    office.page.get_by_role("link", name="下载 Word").wait_for()  # the worker beside the site has built it
    assert office.barriers() == []

    with office.page.expect_download() as begun:
        office.page.get_by_role("link", name="下载 Word").click()
    built, edited = tmp_path / "报告.docx", tmp_path / "改过.docx"
    begun.value.save_as(built)
    by_hand(built, edited, r">44\.44%<", ">84.44%<")
    office.page.locator("input[name=upload]").set_input_files(edited)
    office.press("上传")
    assert "1 处数字与台账不一致" in office.text() and "84.44%" in office.text()
    office.press("审定")
    assert "请先更新数字" in office.text()
    office.press("按台账更新这些数字")
    assert "84.44%" not in office.text()
    office.press("审定")
    office.press("报送")
    assert "已报送" in office.text()
    assert visitor(college).enter("shengting", PASSWORD).go("/built/").text().count("中期自评（浏览器）") == 1


def test_a_figure_opens_down_to_the_items_that_make_it_on_a_phone_too(college, visitor):
    office = visitor(college, viewport=PHONE).enter("shuanggao", PASSWORD)
    for path in ("/built/", "/built/1/", "/built/1/figures/"):
        office.go(path)
        assert office.overflow() <= 0 and office.barriers() == []
    office.go("/built/1/figures/").page.get_by_role("searchbox").fill("全校中期任务点 完成率")
    office.press("查找")
    with office.page.expect_navigation():
        office.page.get_by_role("link", name=re.compile("打开")).first.click()
    assert "÷" in office.text()
    with office.page.expect_navigation():
        office.page.locator("main tbody a").first.click()
    assert "/points/" in office.page.url
