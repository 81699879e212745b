"""Good files changed at random: each is read or refused in one sentence, no rule crashes, every finding points inside.

`make test` takes a few of each; `make fuzz` takes thousands and mutates the samples too.
"""

import importlib
import io
import json
import pkgutil
import re
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pdf_files
import taizhang
from hostile_files import HEADER, NUMBERS, good_xlsx
from taizhang.checks import check
from taizhang.checks.present.html import page
from taizhang.checks.present.json import read_json, to_json
from taizhang.core.errors import UnreadableDocumentError
from taizhang.core.source import Source
from taizhang.documents import Document, read
from taizhang.documents.docx.index import Index
from taizhang.documents.docx.reader import open_parts
from taizhang.documents.docx.text import Content
from taizhang.documents.limits import MOST_ALIKE
from taizhang.documents.package import Package
from taizhang.documents.xlsx.spreadsheet import Spreadsheet, address
from taizhang.intake.facts import facts
from taizhang.profiles import load
from word_files import cell, field, par, row, table, write_docx

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LONG = settings.default.max_examples > 100  # `make fuzz`
NASTY = (
    *NUMBERS, "", "100%", "①启动②完成", "①", "（" * 30, "“" * 9, "》《", "表 2-46：绩效", "续表", "表1", "其中", "合计", "小计", "-",
    "①建设课程 3 门；①建设课程", "2023", "2022-2023 年", "12月31日", "国家级、省级", "是", "\ufffd", "\u202e", "e\u0301", "😀" * 5,
    "一一一一", "第第第", "分别为 1、2、3 和", "一是二是三是", "1.1.1", "1-1 任务", "（一）", "%", "≥", "8-10", "约10余", "百分之", "目 录",
    "增长 -5%", "从 0 增长到 0", "提高 9 个百分点", "\t", "课程（门）（门）", "达到 0", "1:1", "3+2", "http://x", "<b>x</b>", "a\nb",
)  # fmt: skip
REPORT = """# 云岭职业技术学院自评报告

一、总体情况

两年来建成省级课程 17 门，其中 2022 年 8 门、2023 年 9 门；到账经费 391.5 万元，同比增长 12%。

表 1：绩效指标完成情况

三级指标\t期满目标值\t中期目标值\t中期实现值\t中期完成度
1.1.1 省级课程（门）\t40\t20\t17\t100%
1.1.2 教材（部）\t12\t6\t7\t116.67%
合计\t52\t26\t24\t92%

（一）任务完成情况

表 2：任务完成情况

建设任务\t2022 年度计划\t2022 年度完成情况\t完成率
课程建设\t①立项省级课程 8 门；②培训教师 300 人次\t①立项校级课程 8 门；②培训教师 290 人次\t100%
\t①建设平台 1 个\t①平台推迟到下一年\t100%
教师培养\t引进博士 3 人\t引进博士 3 人\t100%
"""


def small_docx() -> bytes:
    """Headings, lists, a table with merged cells, tracked changes, a note, a text box."""
    merged = '<w:vMerge w:val="restart"/>'
    rows = [row(*HEADER, properties="<w:tblHeader/>"), row(cell("课程（门）", properties=merged), "20", "17", "100%")]
    rows += [row(cell("", properties="<w:vMerge/>"), cell("6", properties='<w:gridSpan w:val="2"/>'), "100%")]
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框里 3 门</w:t></w:r></w:p></w:txbxContent>"
    )
    box += "</mc:Choice></mc:AlternateContent></w:r>"
    body = (
        par("一、总体情况", properties='<w:outlineLvl w:val="0"/>'),
        par("共 18 个，其中 2022 年 7 个、2023 年 12 个", "<w:r><w:footnoteReference w:id='2'/></w:r>", "。", box),
        par("<w:ins><w:r><w:t>新增 8 门</w:t></w:r></w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del>"),
        par("列表", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        par(field("TOC", "<w:r><w:t>目录 1</w:t></w:r>")) + par("表1：绩效指标") + table(*rows),
    )
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    notes = f'<w:footnote w:id="2">{par("脚注 5 项")}</w:footnote>'
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    return made(
        lambda path: write_docx(path, "".join(body), numbering=numbering, footnotes=notes, styles=styles), "a.docx"
    )


def small_pdf() -> bytes:
    page = pdf_files.Canvas().text(60, 60, "Table 1: courses 17")
    page.table([60, 160, 260], [80, 100, 120], [["course", "20"], ["book", "100%"]])
    return pdf_files.pdf_bytes([page, pdf_files.Canvas(turn=1).text(50, 50, "12 courses.")])


def made(make: Callable[[Path], object], name: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / name)
        return (Path(folder) / name).read_bytes()


GOOD = {".docx": small_docx(), ".xlsx": made(good_xlsx, "a.xlsx"), ".txt": REPORT.encode(), ".pdf": small_pdf()}


def examine(path: Path, data: bytes) -> None:
    """What must hold of any file whatever."""
    path.write_bytes(data)
    document = document_or_refusal(path)
    if isinstance(document, UnreadableDocumentError):
        told = str(document)
        assert told.endswith("。") and "\n" not in told and path.name in told
        assert "损坏（" not in told, f"only the last net caught it: {told}: {document.__cause__!r}"
        return
    result = check([document])
    assert not result.crashed
    for text in (to_json(result), read_json(document, facts(document, load()))):
        json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert page(result).endswith("</html>\n")
    inside = extent(path, document)
    for finding in result.findings:
        for source in (finding.source, *(related.source for related in finding.related)):
            assert inside(source), f"{finding.code} points outside of the file: {source}"


def document_or_refusal(path: Path) -> Document | UnreadableDocumentError:
    try:
        return read(path)
    except UnreadableDocumentError as error:
        return error


def extent(path: Path, document: Document) -> Callable[[Source], bool]:
    """Whether a place is in the file."""
    if document.format == "text":
        lines = re.split(r"\r\n|\r|\n|\f", path.read_bytes().decode("utf-8-sig", "replace"))
        lengths: dict[object, int] = {number: len(line) for number, line in enumerate(lines, 1)}
        return lambda source: within(source, lengths.get(source.line))
    if document.format == "docx":
        with Package.open(path) as package:
            numbers = Index(open_parts(package).roots).numbers
        lengths = {number: len(Content(paragraph).text) for paragraph, number in numbers.items()}
        return lambda source: source.paragraph is None or within(source, lengths.get(source.paragraph))
    if document.format == "pdf":
        lengths = {number: len(text) for number, text in enumerate(pdf_files.texts(path), 1)}
        return lambda source: within(source, lengths.get(source.page))
    sheets = {sheet.title: sheet for sheet in Spreadsheet(path).sheets()}
    lengths = {(t, address(*at)): len(text) for t, sheet in sheets.items() for at, text in sheet.cells.items()}
    return lambda source: source.sheet in sheets and within(source, lengths.get((source.sheet, source.cell), 0))


def within(source: Source, length: int | None) -> bool:
    return length is not None and 0 <= (source.start or 0) <= (source.end or source.start or 0) <= length


def spoilt(data: bytes, chance: Random) -> bytes:
    """One to four places overwritten, cut out, doubled or moved."""
    for _ in range(chance.randint(1, 4)):
        at, size = chance.randrange(len(data) + 1), int(2 ** chance.uniform(0, 9))
        piece = data[at : at + size]
        match chance.randrange(5):
            case 0:
                data = data[:at] + bytes(chance.randrange(256) for _ in piece[:8]) + data[at + len(piece[:8]) :]
            case 1:
                data = data[:at] + data[at + size :]
            case 2:
                data = data[:at] + piece + data[at:]
            case 3:
                data = data[:at] + chance.choice(NASTY).encode("utf-8") + data[at:]
            case _:
                to = chance.randrange(len(data) + 1)
                data = data[:to] + piece + data[to:]
    return data


_TOKEN = re.compile(rb"<[^>]*>|[^<]+")


def spoilt_xml(data: bytes, chance: Random) -> bytes:
    """Elements dropped, doubled, moved or exchanged; texts and values of attributes replaced. Often still well-formed."""
    tokens = _TOKEN.findall(data)
    for _ in range(chance.randint(1, 6)):
        if not tokens:
            break
        at = chance.randrange(len(tokens))
        token = tokens[at]
        nasty = chance.choice(NASTY).encode("utf-8", "replace")
        match chance.randrange(5):
            case 0 if not token.startswith(b"<"):
                tokens[at] = re.sub(rb"[<&]", b"", nasty)
            case 1:
                tokens[at] = re.sub(
                    rb'"[^"]*"', lambda _, n=nasty: b'"' + re.sub(rb'[<&"]', b"", n) + b'"', token, count=1
                )
            case 2 if token.endswith(b"/>"):
                del tokens[at]
            case 3:
                element = whole(tokens, at)
                to = chance.randrange(len(tokens) + 1)
                tokens[to:to] = element
            case _:
                del tokens[at : at + len(whole(tokens, at))]
    return b"".join(tokens)


def whole(tokens: list[bytes], at: int) -> list[bytes]:
    """The element that begins at a token, to its end; one token where it is none."""
    depth = 0
    for end in range(at, min(at + 400, len(tokens))):
        token = tokens[end]
        if token.startswith(b"</"):
            depth -= 1
        elif token.startswith(b"<") and not token.endswith((b"/>", b"?>")):
            depth += 1
        if depth <= 0:
            return tokens[at : end + 1]
    return tokens[at : at + 1]


def repacked(data: bytes, chance: Random) -> bytes:
    """A package with one or two of its XML parts spoilt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in chance.sample([name for name in parts if name.endswith((".xml", ".rels"))], chance.randint(1, 2)):
        parts[name] = chance.choice((spoilt_xml, spoilt_xml, spoilt))(parts[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def rewritten(text: str, chance: Random) -> str:
    """Lines shuffled, cut, doubled, joined; tabs put in; cells replaced."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(lines)) if lines else 0
        line = lines[at] if lines else ""
        cells = line.split("\t")
        match chance.randrange(7):
            case 0:
                lines[at : at + 1] = [line[: len(line) // 2], line[len(line) // 2 :]]
            case 1:
                lines[at : at + 1] = [line] * chance.randint(0, 3)
            case 2:
                to = chance.randrange(len(lines) + 1)
                lines[to:to] = lines[at : at + chance.randint(1, 5)]
            case 3:
                place = chance.randrange(len(line) + 1)
                lines[at : at + 1] = [line[:place] + "\t" * chance.randint(1, 3) + line[place:]]
            case 4:
                place = chance.randrange(len(line) + 1)
                lines[at : at + 1] = [line[:place] + chance.choice(NASTY) + line[place:]]
            case 5:
                cells[chance.randrange(len(cells))] = chance.choice(NASTY)
                lines[at : at + 1] = ["\t".join(cells)]
            case _:
                lines[at : at + 2] = ["".join(lines[at : at + 2])]
    return "\n".join(lines)


CHANCE = st.randoms(use_true_random=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("suffix", GOOD)
def test_fuzz_bytes(suffix: str, folder: Path) -> None:
    @given(CHANCE)
    def law(chance: Random) -> None:
        examine(folder / f"报告{suffix}", spoilt(GOOD[suffix], chance))

    law()


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_fuzz_parts(suffix: str, folder: Path) -> None:
    @given(CHANCE)
    def law(chance: Random) -> None:
        examine(folder / f"报告{suffix}", repacked(GOOD[suffix], chance))

    law()


def test_fuzz_lines(folder: Path) -> None:
    @given(CHANCE)
    def law(chance: Random) -> None:
        examine(folder / "报告.txt", rewritten(REPORT, chance).encode("utf-8", "replace"))

    law()


def test_fuzz_any_text(folder: Path) -> None:
    words = st.lists(st.sampled_from((*NASTY, *REPORT.split())), max_size=60)

    @given(words, st.text("\t\n ，。、；：|", min_size=1, max_size=8))
    def law(parts: list[str], marks: str) -> None:
        text = "".join(part + marks[place % len(marks)] for place, part in enumerate(parts))
        examine(folder / "报告.txt", text.encode("utf-8", "replace"))

    law()


def patterns() -> dict[str, re.Pattern[str]]:
    """Every regular expression that a module of the package holds, and that of a profile."""
    found = {"catalogue": load().catalogue.pattern}
    for info in pkgutil.walk_packages(taizhang.__path__, "taizhang."):
        for name, value in vars(importlib.import_module(info.name)).items():
            members = value if isinstance(value, (tuple, list)) else [value]
            found |= {f"{info.name}.{name}": each for each in members if isinstance(each, re.Pattern)}
    return found


@pytest.mark.skipif(not LONG, reason="all regular expressions on all strings take a minute; `make fuzz` tries them")
@pytest.mark.parametrize("unit", dict.fromkeys((*"1１一万aA \t.…，、。；：:（(）“”《①%个和与年+-—=*#<|的", *NASTY)))
def test_fuzz_patterns(unit: str) -> None:
    # No longer run of one kind gets past documents.limits; a second is a thousand times what a pattern should take.
    for name, pattern in patterns().items():
        for text in ((unit * MOST_ALIKE)[:MOST_ALIKE] + tail for tail in ("", "x", "甲。")):
            began = time.process_time()
            sum(1 for _ in pattern.finditer(text))
            pattern.fullmatch(text)
            assert time.process_time() - began < 1, f"{name} on {unit!r}"


def samples() -> list[Path]:
    return [path for path in sorted(SAMPLES.iterdir()) if path.suffix in GOOD]


@pytest.mark.skipif(not LONG, reason="the samples take long; `make fuzz` mutates them")
@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)
def test_fuzz_samples(sample: Path, folder: Path) -> None:
    data = sample.read_bytes()

    @settings(max_examples=60)
    @given(CHANCE)
    def law(chance: Random) -> None:
        if sample.suffix in {".docx", ".xlsx"}:
            changed = repacked(data, chance)
        elif sample.suffix == ".txt":
            changed = rewritten(data.decode(), chance).encode("utf-8", "replace")
        else:
            changed = spoilt(data, chance)
        examine(folder / sample.name, changed)

    law()
