"""With JavaScript switched off the work can still be done: enter, save, submit, approve, upload, decide a taking."""

from web_browser import SAMPLE

PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, printed by `taizhang manage demo`


def plain(visitor, college, username):
    return visitor(college, java_script_enabled=False).enter(username, PASSWORD)


def test_a_draft_is_saved_proved_submitted_and_approved(college, visitor, tmp_path):
    proof = tmp_path / "名单公示.txt"
    proof.write_text("关于公布立项名单的通知\n", encoding="utf-8")
    reporter = plain(visitor, college, "guoji")
    reporter.go("/entries/?whose=todo&kind=point")
    code = reporter.page.locator("td.code a").first.inner_text()
    reporter.follow(code)
    entry = reporter.page.url
    reporter.page.get_by_label("完成情况").fill("2023年9月完成，名单见公示。")
    reporter.page.get_by_label("完成度").fill("100%")
    reporter.press("保存")
    reporter.go(entry)
    assert reporter.page.get_by_label("完成情况").input_value() == "2023年9月完成，名单见公示。"
    reporter.follow("上传新的")
    reporter.page.get_by_label("选择文件").set_input_files(proof)
    reporter.press("上传")
    reporter.go(entry)
    assert "名单公示" in reporter.page.locator("#evidence").inner_text()
    reporter.press("保存并提交")
    assert "已提交" in reporter.go(entry).text()
    lead = plain(visitor, college, "guoji-fuze").go(entry)
    with lead.page.expect_navigation():
        lead.page.locator("form[action$='/approve/'] button").click()
    assert "部门已审" in lead.go(entry).text()


def test_a_document_is_read_and_its_doubts_decided(college, visitor):
    office = plain(visitor, college, "shuanggao")
    office.follow("建设方案").follow("省域高水平高职学校建设").follow("导入")
    office.page.get_by_label("文件").set_input_files(SAMPLE)
    office.page.get_by_label("报的是哪一期").select_option(label="中期")
    office.press("上传并读取")
    keep = office.page.get_by_role("button", name="记下，其余都照原文收下")
    if keep.count():
        office.press("记下，其余都照原文收下")
    office.press("写入方案")
    assert "已写入" in office.text()
