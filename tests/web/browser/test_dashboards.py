"""总览 in a real browser: it draws, a mark opens its list, the table has the same numbers, what is saved is whole."""

import io

import openpyxl
import pypdfium2
from PIL import Image

from web_browser import PHONE

PASSWORD = "yunling-2026"  # noqa: S105 - of people who do not exist, printed by `taizhang manage demo`


def drawn(someone, path="/dashboards/"):
    """The page with all its charts drawn, however far down they are."""
    someone.go(path)
    for place in someone.page.locator("[data-chart]").all():
        place.scroll_into_view_if_needed()
    someone.page.wait_for_function(
        "() => document.querySelectorAll('[data-chart]').length === document.querySelectorAll('[data-drawn]').length"
    )
    return someone


def test_every_chart_draws_and_says_the_same_as_its_table(college, visitor):
    someone = drawn(visitor(college).enter("shuanggao", PASSWORD))
    said = someone.page.evaluate("""() => [...document.querySelectorAll("[data-drawn]")].map((figure) => {
        const told = JSON.parse(figure.querySelector("script").textContent).option.series;
        const points = told.flatMap((each) => each.data).map((point) => point.value).map((value) => Array.isArray(value) ? value[2] : value);
        const cells = [...figure.querySelectorAll("td.number")].map((cell) => cell.textContent.trim().split(/\\s/)[0]).filter((text) => text !== "—");
        return [points.filter((value) => value !== null).map(Number).sort(), cells.map(Number).sort()];
    })""")
    assert len(said) >= 5
    for picture, table in said:
        assert picture == table
    pixels = someone.page.locator("canvas").first.screenshot()
    assert len(Image.open(io.BytesIO(pixels)).convert("RGB").getcolors(1 << 20)) > 20


def test_a_mark_opens_its_list(college, visitor):
    someone = drawn(visitor(college).enter("shuanggao", PASSWORD))
    place, says = someone.page.evaluate("""() => {
        const holder = document.querySelector("[data-chart=chart-years]");
        holder.scrollIntoView({block: "center"});
        const picture = echarts.getInstanceByDom(holder);
        const point = picture.getOption().series[0].data[1];
        const [x, y] = picture.convertToPixel({seriesIndex: 0}, [1, point.value / 2]);
        const box = holder.getBoundingClientRect();
        return [[box.left + x, box.top + y], point.value];
    }""")
    someone.page.wait_for_timeout(400)  # the bars grow to where they are pressed
    with someone.page.expect_navigation():
        someone.page.mouse.click(*place)
    assert "/entries/" in someone.page.url
    assert f"{says} 项" in someone.text()

    someone.go("/dashboards/")
    drawn(someone)
    someone.page.evaluate("""() => echarts.getInstanceByDom(document.querySelector("[data-chart=chart-years]"))
        .dispatchAction({type: "showTip", seriesIndex: 0, dataIndex: 0})""")
    assert "完成" in someone.page.locator(".tip").inner_text()


def test_what_is_saved_is_whole_and_nothing_is_in_anyones_way(college, visitor, tmp_path):
    someone = drawn(visitor(college).enter("shuanggao", PASSWORD))
    figure = someone.page.locator("#figure-years")
    found = {}
    for name in ("Excel", "PNG", "SVG"):
        with someone.page.expect_download() as begun:
            figure.get_by_text(name, exact=True).click()
        place = tmp_path / begun.value.suggested_filename
        begun.value.save_as(place)
        found[name] = place
    assert {place.name for place in found.values()} == {"各年度任务点.xlsx", "各年度任务点.png", "各年度任务点.svg"}
    assert openpyxl.load_workbook(found["Excel"]).active["A1"].value == "年度"
    assert Image.open(found["PNG"]).size[0] >= 1000
    drawing = found["SVG"].read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert "各年度任务点" in drawing

    someone.page.evaluate("document.querySelectorAll('details').forEach((each) => each.open = true)")
    assert someone.barriers() == []
    someone.page.set_viewport_size(PHONE)
    assert someone.overflow() <= 0
    someone.page.keyboard.press("Tab")
    link = someone.page.locator("#figure-years td a").first
    link.focus()
    with someone.page.expect_navigation():
        someone.page.keyboard.press("Enter")
    assert "/entries/" in someone.page.url


def test_without_script_the_tables_stand_open(college, visitor):
    someone = visitor(college, java_script_enabled=False).enter("shuanggao", PASSWORD)
    someone.go("/dashboards/")
    assert someone.page.locator("#figure-years td a").first.is_visible()
    assert someone.page.locator("canvas").count() == 0


def test_the_wall_fills_the_screen_and_renews_itself(college, visitor):
    someone = visitor(college, viewport={"width": 1920, "height": 1080}).enter("shuanggao", PASSWORD)
    someone.go("/dashboards/wall/")
    someone.page.wait_for_function("() => document.querySelectorAll('[data-drawn]').length === 3")
    assert someone.overflow() <= 0
    assert someone.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    someone.page.evaluate("document.querySelector('#wall-tiles').replaceChildren()")
    someone.page.evaluate("document.dispatchEvent(new Event('renew'))")
    someone.page.wait_for_selector("#wall-tiles .tile")
    assert someone.barriers() == []


def test_on_paper_each_chart_has_its_numbers(college, visitor):
    someone = drawn(visitor(college).enter("shuanggao", PASSWORD))
    someone.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = pypdfium2.PdfDocument(someone.page.pdf(format="A4"))
    text = "".join(page.get_textpage().get_text_bounded() for page in printed)
    assert "各年度任务点" in text
    assert "2023" in text
    assert "PNG" not in text
