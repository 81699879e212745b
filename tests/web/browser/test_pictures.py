"""The pictures of the docs: each page is found as it says; `make pictures` keeps them in docs/images."""

import io
import re
from datetime import date

import pytest
from django.utils import timezone
from PIL import Image

from taizhang.web.ledger.workflow.demonstration_calendar import Calendar
from web_browser import DESK, PHONE, ROOT, SAMPLE

PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, printed by `taizhang manage demo`
LARGEST_BYTES = 200_000
FIXED = date(2024, 5, 15)  # as the fixture `loaded` says
WIDTHS = {"wide": DESK, "phone": PHONE}


def to_item(someone, _report):
    page = someone.go("/entries/?q=立项省级教改课题3项").page
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(r"2-1 20\d\d④")).click()


def to_import(someone, report):
    someone.go("/programmes/").follow("省域高水平高职学校建设").follow("导入")
    someone.page.get_by_label("文件").set_input_files(report)
    someone.page.get_by_label("报的是哪一期").select_option(label="中期")
    someone.press("上传并读取")
    someone.page.locator("#doubts").scroll_into_view_if_needed()


def to_report(someone, report):
    someone.go("/reports/")
    someone.page.locator("input[type=file]").first.set_input_files(report)
    with someone.page.expect_navigation():
        someone.page.locator("form[enctype] button.primary").first.click()
    someone.page.wait_for_selector(".reading")


def to_assess(someone, _report):
    someone.go("/judging/")
    with someone.page.expect_navigation():
        someone.page.locator(".round a.primary").click()


def to_charts(path):
    def lead(someone, _report):
        someone.go(path)
        someone.page.wait_for_selector("[data-drawn]")
        someone.page.wait_for_timeout(600)  # the bars grow to their height

    return lead


# Who stands where in each picture.
PLACES = {
    "desk": ("shuanggao", lambda someone, _report: someone.go("/")),
    "item": ("jiaowu", to_item),
    "table": ("jiaowu", lambda someone, _report: someone.go("/entries/table/?whose=todo")),
    "import": ("shuanggao", to_import),
    "evidence": ("jiaowu", lambda someone, _report: someone.go("/evidence/").follow("关于公布校级课程立项名单的通知")),
    "report": ("shuanggao", to_report),
    "overview": ("shuanggao", to_charts("/dashboards/")),
    "network": ("shuanggao", to_charts("/dashboards/network/")),
    "assess": ("zhuanjia", to_assess),
}


@pytest.mark.parametrize("name", PLACES)
def test_the_docs_show_the_page_as_it_is(college, visitor, rewrites_pictures, name, tmp_path):
    username, lead_to = PLACES[name]
    someone = visitor(college).enter(username, PASSWORD)
    report = tmp_path / SAMPLE.name
    report.write_bytes(Calendar(timezone.localdate() if rewrites_pictures else FIXED).report(SAMPLE.read_bytes()))
    lead_to(someone, report)
    for width, size in WIDTHS.items():
        someone.page.set_viewport_size(size)
        picture = small(someone.page.screenshot(animations="disabled"))
        assert len(picture) < LARGEST_BYTES
        place = ROOT / f"docs/images/site-{name}-{width}.png"
        if rewrites_pictures:
            place.write_bytes(picture)
        assert place.exists(), "run `make pictures`"


def small(png):
    """The same picture in 128 colours, which paper, ink and one red do not need more of."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()
