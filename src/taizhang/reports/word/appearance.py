"""The styles, lists and fonts of the Word file, from a style file: which fonts and margins, never which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from taizhang.reports.word.markup import NAMESPACE, escaped

MM = 56.6929  # twentieths of a point
HEADINGS, BULLETS, NUMBERS = 1, 2, 3  # the lists of numbering.xml


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a style file says."""

    fonts: dict[str, list[str]]
    latin: str
    page: dict[str, float]
    styles: dict[str, dict[str, Any]]
    counting: list[dict[str, str]]
    items: dict[str, str]

    def edge(self, name: str) -> int:
        """A length of the page in twentieths of a point."""
        return round(self.page[name] * MM)

    def width(self, *, landscape: bool = False) -> int:
        """The width of the text area in twentieths of a point."""
        if landscape:  # the page is turned, its margins with it: the top is bound
            return self.edge("高") - self.edge("上") - self.edge("下")
        return self.edge("宽") - self.edge("左") - self.edge("右")

    def height(self, *, landscape: bool = False) -> int:
        """The height of the text area in twentieths of a point."""
        if landscape:
            return self.edge("宽") - self.edge("左") - self.edge("右")
        return self.edge("高") - self.edge("上") - self.edge("下")


@cache
def official() -> Appearance:
    """The style of official documents, shipped."""
    told = yaml.safe_load(files("taizhang.reports").joinpath("styles/official.yaml").read_text("utf-8"))
    return Appearance(told["字体"], told["西文字体"], told["页面"], told["段落"], told["编号"], told["列项"])


def styles(look: Appearance) -> str:
    """The part styles.xml."""
    plain = {
        f"Plain{told['级']}": {**told, "名": f"台账无号标题{told['级']}", "无号": True}
        for told in look.styles.values()
        if "级" in told
    }
    made = "".join(_paragraph_style(name, told, look) for name, told in (look.styles | plain).items())
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>{_fonts("仿宋_GB2312", look)}'
        '<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        f"{made}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:uiPriority w:val="99"/></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>'
    )


def _fonts(name: str, look: Appearance) -> str:
    font = escaped(name)
    return f'<w:rFonts w:ascii="{look.latin}" w:hAnsi="{look.latin}" w:eastAsia="{font}" w:cs="{look.latin}"/>'


def _paragraph_style(name: str, told: dict[str, Any], look: Appearance) -> str:
    half = round(told["字号"] * 2)
    default = ' w:default="1"' if name == "Normal" else ""
    based = "" if name == "Normal" else f'<w:basedOn w:val="{told.get("基于", "Normal")}"/>'
    after = '<w:next w:val="Body"/>' if "级" in told else ""
    bold = "<w:b/>" if told.get("粗") else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{escaped(told["名"])}"/>{based}{after}'
        f"<w:qFormat/><w:pPr>{_paragraph_properties(told, look)}</w:pPr>"
        f'<w:rPr>{_fonts(told["字体"], look)}{bold}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def _paragraph_properties(told: dict[str, Any], look: Appearance) -> str:
    """In the order that the schema of the format wants."""
    made = "<w:keepNext/>" if told.get("与下段同页") else ""
    if "级" in told and "无号" not in told:
        made += f'<w:numPr><w:ilvl w:val="{told["级"] - 1}"/><w:numId w:val="{HEADINGS}"/></w:numPr>'
    if "目录" in told:
        made += f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{look.width()}"/></w:tabs>'
    before, behind = (round(told.get(side, 0) * 20) for side in ("前", "后"))
    line = (
        f'w:line="{round(told["行距"] * 20)}" w:lineRule="exact"'
        if "行距" in told
        else 'w:line="240" w:lineRule="auto"'
    )
    made += f'<w:spacing w:before="{before}" w:after="{behind}" {line}/>'
    em = told["字号"] * 20
    indents = {
        "left": told.get("目录", 0) * em * 2,
        "right": told.get("右缩进", 0) * em,
        "firstLine": told.get("缩进", 0) * em,
    }
    given = " ".join(f'w:{side}="{round(worth)}"' for side, worth in indents.items())
    chars = f' w:firstLineChars="{told["缩进"] * 100}"' if "缩进" in told else ""
    made += f"<w:ind {given}{chars}/>"
    made += f'<w:jc w:val="{told["对齐"]}"/>' if "对齐" in told else ""
    made += f'<w:outlineLvl w:val="{told["级"] - 1}"/>' if "级" in told else ""
    return made


def numbering(look: Appearance, lists: Iterable[int]) -> str:
    """The part numbering.xml: the headings, a list with dots, and the numbered lists, each from 1 on."""
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{each["格式"]}"/><w:pStyle w:val="Heading{n + 1}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{each["写法"]}"/><w:lvlJc w:val="left"/></w:lvl>'
        for n, each in enumerate(look.counting)
    )
    return (
        f'<w:numbering xmlns:w="{NAMESPACE}">'
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        f"{_list(1, 'bullet', look.items['符号'])}{_list(2, 'decimal', look.items['编号'])}"
        f'<w:num w:numId="{HEADINGS}"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="1"/></w:num>'
        f"{''.join(map(_numbered_list, lists))}</w:numbering>"
    )


def _list(identifier: int, form: str, text: str, after: str = "nothing") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{after}"/><w:lvlText w:val="{text}"/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl></w:abstractNum>'
    )


def _numbered_list(identifier: int) -> str:
    """A numbered list that begins again at 1."""
    return (
        f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def font_table(look: Appearance) -> str:
    """The part fontTable.xml: what takes the place of a font that the machine does not have."""
    fonts = "".join(
        f'<w:font w:name="{escaped(name)}"><w:altName w:val="{escaped(",".join(others))}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in look.fonts.items()
    )
    return f'<w:fonts xmlns:w="{NAMESPACE}">{fonts}</w:fonts>'
