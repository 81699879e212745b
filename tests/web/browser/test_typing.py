"""Typing in a real browser: it is kept, two people see each other's text, the keyboard suffices, Excel pastes."""

import pytest

PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, printed by `taizhang manage demo`


@pytest.fixture
def reporter(college, visitor):
    return visitor(college).enter("jiaowu", PASSWORD)


@pytest.fixture
def draft(reporter):
    """The address of an item that the reporter may fill, of a task point."""
    reporter.go("/entries/?whose=todo&kind=point")
    return reporter.page.locator("td.code a").first.get_attribute("href")


def test_what_is_typed_saves_itself_and_survives_a_reload(reporter, draft):
    reporter.go(draft)
    reporter.page.get_by_label("完成情况").fill("新建校级课程 6 门，名单见附件。")
    reporter.page.locator("#saved", has_text="已保存").wait_for()
    reporter.page.reload()
    assert reporter.page.get_by_label("完成情况").input_value() == "新建校级课程 6 门，名单见附件。"


def test_of_two_who_type_at_once_both_texts_are_shown_and_the_chosen_is_kept(college, visitor, reporter, draft):
    lead = visitor(college).enter("jiaowu-fuze", PASSWORD)
    lead.go(draft)
    reporter.go(draft)
    reporter.page.get_by_label("完成情况").fill("填报人写的一份")
    reporter.page.locator("#saved", has_text="已保存").wait_for()
    lead.page.get_by_label("完成情况").fill("负责人写的另一份")
    lead.page.locator("#saved .late").wait_for()
    lead.press("对照两份内容")
    assert "填报人写的一份" in lead.text()
    assert lead.page.locator("textarea[name=text]").input_value() == "负责人写的另一份"
    assert lead.barriers() == []
    lead.press("按选定的保存")
    reporter.go(draft)
    assert reporter.page.get_by_label("完成情况").input_value() == "负责人写的另一份"
    # A refusal is an answer like any other; the browser notes its number as an error.
    lead.complaints[:] = [each for each in lead.complaints if "409" not in each]


def test_a_press_on_submit_waits_for_the_save_under_way(reporter, draft):
    """Sent beside it, the form would carry the older version and tell of a clash with oneself."""
    page = reporter.page
    reporter.go(draft)
    held = []

    def hold_the_first(route):
        if not held and "hx-request" in route.request.headers:
            held.append(route)
        else:
            route.continue_()

    page.route("**/save/", hold_the_first)
    text = page.get_by_label("完成情况")
    text.fill("新建校级课程")
    while not held:
        page.wait_for_timeout(50)
    text.fill("新建校级课程 6 门，名单见附件。")
    page.get_by_role("button", name="保存", exact=True).click()
    with page.expect_navigation():
        held[0].continue_()
    assert "刚刚保存过" not in reporter.text()
    assert page.get_by_label("完成情况").input_value() == "新建校级课程 6 门，名单见附件。"


def focused(page):
    return page.evaluate(
        """() => {
            const here = document.activeElement, style = getComputedStyle(here);
            return [here.tagName, (here.textContent || here.value || "").trim().slice(0, 20),
                    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0];
        }"""
    )


def tab_to(page, wanted, key="Tab"):
    """Presses the key until the control with this text has the focus; every stop on the way must be seen."""
    for _ in range(120):
        page.keyboard.press(key)
        tag, text, is_seen = focused(page)
        assert tag == "BODY" or is_seen, f"no visible focus on {tag} {text}"
        if text.startswith(wanted):
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def test_the_keyboard_alone_logs_in_fills_and_submits(college, visitor):
    page = visitor(college).page
    page.goto(f"{college}/login/")
    page.keyboard.type("jijiao")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page)[1] == "跳到正文"
    page.keyboard.press("Enter")
    tab_to(page, "3-")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("#text").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("2023年9月完成，名单见附件。")
    page.locator("#saved", has_text="已保存").wait_for()
    tab_to(page, "保存并提交")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".said").count() >= 1


PASTE = """(text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_block_of_cells_from_excel_lands_in_the_table_and_is_kept(reporter):
    reporter.go("/entries/?whose=todo")
    reporter.go("/entries/table/?whose=todo&kind=point")
    texts = reporter.page.locator("textarea[name$='-text']")
    first, second = (texts.nth(number).get_attribute("name") for number in (0, 1))
    texts.nth(0).focus()
    reporter.page.evaluate(PASTE, '甲行完成\t90%\n"乙行完成\n第二行"\t80%\n')
    assert reporter.page.locator(f"[name='{second}']").input_value() == "乙行完成\n第二行"
    for name in (first, second):
        reporter.page.locator(f"#said-{name.split('-')[0]}", has_text="已保存").wait_for()
    reporter.page.reload()
    assert reporter.page.locator(f"[name='{first}']").input_value() == "甲行完成"
    rate = reporter.page.locator(f"[name='{second.replace('text', 'rate')}']")
    assert rate.input_value() == "80%"


def test_arrows_and_enter_move_between_cells(reporter):
    reporter.go("/entries/table/?whose=todo")
    rates = reporter.page.locator("input[name$='-rate']:not([type=hidden])")
    rates.nth(0).focus()
    reporter.page.keyboard.press("Enter")
    moved = reporter.page.evaluate("document.activeElement.name")
    assert moved == rates.nth(1).get_attribute("name")
    reporter.page.keyboard.press("Shift+Enter")
    assert reporter.page.evaluate("document.activeElement.name") == rates.nth(0).get_attribute("name")
