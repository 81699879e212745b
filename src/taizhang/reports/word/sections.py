"""Sections: stretches of pages of one size and one way up, with their headers, footers and page numbers."""

from dataclasses import dataclass

from taizhang.reports.word.appearance import Appearance
from taizhang.reports.word.markup import paragraph

HEADER, FOOTER = "rIdHeader", "rIdFooter"


@dataclass(frozen=True, slots=True)
class Section:
    """A section. The front (cover, contents) prints no page numbers; the one after it begins at page 1."""

    look: Appearance
    landscape: bool = False
    is_front: bool = False
    restarts: bool = False

    def written(self) -> str:
        """Its properties, which close it in the file."""
        look = self.look
        sides = [look.edge(name) for name in ("上", "右", "下", "左")]
        wide, high = look.edge("宽"), look.edge("高")
        orient = ""
        if self.landscape:  # turned to the left: the bound side comes to lie on top
            top, right, bottom, left = sides
            sides = [left, top, right, bottom]
            wide, high = high, wide
            orient = ' w:orient="landscape"'
        names = ("top", "right", "bottom", "left")
        margins = " ".join(f'w:{name}="{worth}"' for name, worth in zip(names, sides, strict=True))
        bound = f'w:header="{look.edge("页眉")}" w:footer="{look.edge("页脚")}" w:gutter="0"'
        references = (
            ""
            if self.is_front
            else f'<w:headerReference w:type="default" r:id="{HEADER}"/><w:footerReference w:type="default" r:id="{FOOTER}"/>'
        )
        count = '<w:pgNumType w:start="1"/>' if self.restarts else ""
        return (
            f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{wide}" w:h="{high}"{orient}/>'
            f"<w:pgMar {margins} {bound}/>{count}</w:sectPr>"
        )


def closing(section: Section) -> str:
    """The paragraph that closes a section: a line of one point, so that it takes no page of its own."""
    return paragraph("SectionEnd", "", section.written())
