"""How long a dashboard takes in the browser, on the demonstration data: Chromium opens each one. Writes dashboards.md.

Times are from the beginning of the navigation, as the page's own clock has them: until what is in sight is drawn in a
window of 1440 × 900, and until all is drawn in one so high that every chart is in sight.
"""

import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from ledgers import ledger  # noqa: E402 - what the tests and the other measurements know, known here

from web_browser import DESK, chromium, serving  # noqa: E402 - as above

PASSWORD = "yunling-2026"  # noqa: S105 - of the invented college
BAR = 1000  # milliseconds, for twenty charts
TIMES = 7
HIGH = {"width": 1440, "height": 12_000}
BOARDS = {
    "/dashboards/": "全局", "/dashboards/units/": "单位", "/dashboards/indicators/": "指标走势", "/dashboards/business/": "业务",
    "/dashboards/network/": "合作网络",
}  # fmt: skip
_DRAWN = """() => {
    const places = [...document.querySelectorAll("[data-chart]")];
    const wanted = places.filter((each) => each.getBoundingClientRect().top < innerHeight);
    const done = places.length && wanted.every((each) => each.closest("figure").dataset.drawn !== undefined);
    return done && document.readyState === "complete" ? performance.now() : 0;
}"""
_PARTS = """() => { const it = performance.getEntriesByType("navigation")[0];
    return [it.responseEnd, it.domContentLoadedEventEnd, document.querySelectorAll("[data-chart]").length]; }"""


def main() -> None:
    """Measure on a fresh demonstration, and write the table."""
    load = os.getloadavg()[0]
    with ledger("sqlite") as (_environment, folder), serving(folder) as site, chromium() as browser:
        rows = [row for path in BOARDS for row in measured(browser, site, path)]
        version = browser.version
    about = (
        f"Demonstration data on SQLite, Chromium {version} without a graphics card, {os.cpu_count()} cores shared with "
        f"the server, load {load:.1f} at the start. First visit, and median of {TIMES} further ones, milliseconds. "
        f"Bar: {BAR}."
    )
    lines = [
        "# Dashboards in the browser", "", "Written by `bench/dashboards.py`; README.md says how.", "", about, "",
        "| dashboard | charts | window | page there | scripts run | drawn | drawn, first visit | |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: | --- |", *rows,
    ]  # fmt: skip
    text = "\n".join(lines) + "\n"
    print(text)
    (HERE / "dashboards.md").write_text(text, encoding="utf-8")


def measured(browser, site: str, path: str) -> Iterator[str]:  # noqa: ANN001 - Playwright's, which the tests bring
    """The dashboard in both windows: a browser that has never been here, then again and again."""
    for called, window in (("1440 × 900", DESK), ("all in sight", HIGH)):
        context = browser.new_context(viewport=window, locale="zh-CN")
        page = context.new_page()
        page.goto(f"{site}/login/")
        page.fill("input[name=username]", "shuanggao")
        page.fill("input[name=password]", PASSWORD)
        page.click("form button")
        page.wait_for_url(f"{site}/")
        found = []
        for _ in range(TIMES + 1):
            page.goto(site + path, wait_until="commit")
            drawn = page.wait_for_function(_DRAWN, polling="raf", timeout=120_000).json_value()
            found.append((*page.evaluate(_PARTS), drawn))
            page.goto(f"{site}/me/")
        context.close()
        first, *warm = found
        there, run, charts, drawn = (statistics.median(each) for each in zip(*warm, strict=True))
        over = "over the bar" if drawn >= BAR else ""
        yield f"| {BOARDS[path]} | {charts:.0f} | {called} | {there:.0f} | {run:.0f} | {drawn:.0f} | {first[3]:.0f} | {over} |"


if __name__ == "__main__":
    main()
