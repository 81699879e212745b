"""A text goes into a control under the prefix that the file uses, with breaks and tabs where it has them."""

from taizhang.reports.word.filling import edits
from taizhang.reports.word.spans import applied, controls

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def filled(content: str, text: str) -> str:
    inner = f'<x:sdt><x:sdtPr><x:tag x:val="a"/></x:sdtPr>{content}</x:sdt>'
    data = f'<x:p xmlns:x="{W}">{inner}</x:p>'.encode()
    (control,) = controls(data, "报告.docx")
    made = edits(data, control, text)
    assert made is not None
    return applied(data, made).decode().partition("</x:sdtPr>")[2].partition("</x:sdt>")[0]


def test_the_first_run_keeps_its_look_and_the_others_say_nothing() -> None:
    content = "<x:sdtContent><x:r><x:rPr><x:b/></x:rPr><x:t>7</x:t></x:r><x:r><x:t>8</x:t><x:br/></x:r></x:sdtContent>"
    assert (
        filled(content, "9") == "<x:sdtContent><x:r><x:rPr><x:b/></x:rPr><x:t>9</x:t></x:r><x:r></x:r></x:sdtContent>"
    )


def test_lines_tabs_and_outer_blanks_are_kept() -> None:
    assert filled("<x:sdtContent><x:r><x:t>7</x:t></x:r></x:sdtContent>", " 一\n<二>\t") == (
        '<x:sdtContent><x:r><x:t xml:space="preserve"> 一</x:t><x:br/><x:t>&lt;二&gt;</x:t><x:tab/><x:t></x:t></x:r></x:sdtContent>'
    )


def test_an_empty_element_is_opened_with_its_attributes_kept() -> None:
    assert filled('<x:sdtContent><x:r x:rsidR="1"/></x:sdtContent>', "9") == (
        '<x:sdtContent><x:r x:rsidR="1"><x:t>9</x:t></x:r></x:sdtContent>'
    )
    assert filled("<x:sdtContent />", "9") == "<x:sdtContent><x:r><x:t>9</x:t></x:r></x:sdtContent>"
