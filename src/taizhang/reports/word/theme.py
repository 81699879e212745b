"""The theme part: Word opens a file without one, and some other programs do not."""

from taizhang.reports.word.appearance import Appearance
from taizhang.reports.word.markup import escaped

_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1",
    "folHlink": "954F72",
}  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme(look: Appearance) -> str:
    """Plain colours, and the fonts of the style."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{worth}"/></a:{name}>' for name, worth in _COLOURS.items())
    latin, eastern = escaped(look.latin), escaped(look.styles["Normal"]["字体"])
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="{latin}"/><a:ea typeface="{eastern}"/><a:cs typeface="{latin}"/></a:{kind}>'
        for kind in ("majorFont", "minorFont")
    )
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="台账"><a:themeElements>'
        f'<a:clrScheme name="台账">{colours}</a:clrScheme><a:fontScheme name="台账">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="台账"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
