"""The page is complete, sound, closed to the network and to hostile text."""

import re
from dataclasses import replace

import pytest
from lxml import html

from taizhang.checks.present.html import page
from taizhang.checks.result import Held, Result
from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Document, Heading, Paragraph, Piece, Table

EVIL = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&{{ 7*7 }}\x00\x1b"


def classed(root: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return list(root.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"))


def tree(result: Result) -> html.HtmlElement:
    return html.document_fromstring(page(result))


def test_every_finding_is_there_with_its_words(result: Result) -> None:
    root = tree(result)
    for finding in result.findings:
        cards = [card for card in classed(root, "finding") if finding.message in card.text_content()]
        assert len(cards) == 1
        assert finding.code in cards[0].text_content()
        (mark,) = root.xpath(f"//mark[@id='{cards[0].get('data-mark')}']")
        assert mark.xpath("string(a/text())") == finding.text


def test_every_link_has_its_target_and_every_name_is_used_once(result: Result) -> None:
    root = tree(result)
    names = root.xpath("//@id")
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in root.xpath("//a/@href")} <= set(names)
    assert all(link.startswith("#") for link in root.xpath("//a/@href"))


def test_nothing_is_fetched_from_anywhere(result: Result) -> None:
    text = page(result)
    assert not re.search(r"(https?:)?//[a-z0-9]|@import|url\(", text)
    policy = tree(result).xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not tree(result).xpath("//@style | //@*[starts-with(name(), 'on')] | //script[@src] | //link | //img")


def test_the_report_stands_there_whole(result: Result) -> None:
    text = classed(tree(result), "report")[0].text_content()
    for block in result.documents[0].blocks:
        if isinstance(block, Table):
            for row in block.rows:
                assert all(cell.text in text for cell in row)
        elif "10间" not in block.text:
            assert block.text in text


def test_merged_cells_are_spans(result: Result) -> None:
    table = tree(result).xpath("//table")[0]
    assert [(cell.text_content(), cell.get("rowspan"), cell.get("colspan")) for cell in table.xpath(".//th")] == [
        ("类型", "2", None), ("三级指标", "2", None), ("目标值", None, "2"), ("中期完成情况", None, "2"),
        ("期满", None, None), ("中期", None, None), ("实现值", None, None), ("完成度", None, None),
    ]  # fmt: skip
    assert [cell.text_content() for cell in table.xpath(".//td[@rowspan]")] == ["数量指标", "质量指标"]


def test_hostile_text_stays_text(result: Result) -> None:
    document = result.documents[0]
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            block.text += EVIL
        else:
            block.caption = EVIL
            for row in block.rows:
                for cell in row:
                    cell.text += EVIL
    document.file = EVIL
    findings = tuple(
        replace(
            found,
            message=EVIL,
            text=EVIL,
            row=EVIL,
            printed=EVIL,
            expected=EVIL,
            source=found.source._replace(file=EVIL),
        )
        for found in result.findings
    )
    root = tree(replace(result, files=(EVIL,), findings=findings, unreadable=((EVIL, EVIL),), crashed=((EVIL, EVIL),)))
    assert len(root.xpath("//script")) == 1
    assert not root.xpath("//img | //@onerror")
    assert "49" not in root.xpath("string(//title)")


def test_a_clean_report_says_so(clean: Result) -> None:
    root = tree(clean)
    assert "没有发现问题" in classed(root, "findings")[0].text_content()
    assert not root.xpath("//mark") + classed(root, "finding")


def test_overlapping_findings_share_a_mark_and_each_is_linked(result: Result) -> None:
    twin = replace(result.findings[0], code="ARI009", message="同一处还有一个问题。")
    root = tree(replace(result, findings=(*result.findings, twin)))
    (mark,) = [mark for mark in root.xpath("//mark") if len(mark.xpath("a")) == 2]
    for link in mark.xpath("a"):
        (card,) = root.xpath(f"//article[@id='{link.get('href').removeprefix('#')}']")
        (name,) = root.xpath(f"//*[@id='{card.get('data-mark')}']")
        assert name is mark or name.getparent() is mark


def test_a_finding_without_a_place_is_shown_without_a_link(result: Result) -> None:
    lost = replace(result.findings[0], source=Source("未读.docx"), message="没有位置的问题。", related=())
    root = tree(replace(result, findings=(lost,)))
    (card,) = classed(root, "finding")
    assert not card.xpath(".//a")


def test_several_files_are_sections_and_link_to_each_other(result: Result) -> None:
    first = result.documents[0]
    paragraph = Paragraph("目标为12间。", (Piece(0, Source("云岭任务书.txt", line=1)),))
    second = Document("云岭任务书.txt", "text", [paragraph])
    related = replace(result.findings[0].related[0], source=paragraph.at(3, 6), text="12间")
    finding = replace(result.findings[0], related=(related,))
    root = tree(replace(result, files=(first.file, second.file), documents=(first, second), findings=(finding,)))
    (link,) = classed(root, "related")[0].xpath(".//a")
    assert root.xpath(f"string(//*[@id='{link.get('href').removeprefix('#')}']/..)") == "12间"
    assert [each.text for each in root.xpath("//main//h2[@class='file']")] == [first.file, second.file]


@pytest.mark.parametrize("rows", [1, 3000])
def test_a_wide_cell_beside_empty_ones_spans_them(result: Result, rows: int) -> None:
    place = result.documents[0].tables[1].rows[0][0].pieces
    wide = Cell("小计", place, columns=2)
    table = Table([[wide, Cell("", place), Cell("5", place)] for _ in range(rows)], 0, place[0].source, index=1)
    root = tree(replace(result, documents=(Document("a.txt", "text", [table]),), findings=()))
    assert root.xpath("//td")[0].get("colspan") == "2"


def test_a_page_that_leaves_known_findings_out_does_not_call_the_report_clean(result: Result) -> None:
    told = page(replace(result, findings=(), held=Held(result.findings, 0)))
    assert "没有新的问题" in told
    assert "没有发现问题" not in told
    assert "没有列出的问题 6 个" in told
