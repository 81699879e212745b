import pytest

from taizhang.documents.blocks import Fragment
from taizhang.documents.docx.reader import read_docx
from word_files import cell, char, field, filled, par, row, run, table, texts, write_docx


def either(branches: str) -> str:
    return f"<mc:AlternateContent>{branches}</mc:AlternateContent>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>  甲 乙 </w:t></w:r>", "甲 乙"),
        ('<w:r><w:t xml:space="preserve"> 甲 </w:t></w:r>', " 甲 "),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙"),
        ("<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>乙</w:t><w:cr/></w:r>", "甲-乙\n"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>3</w:t></w:r>', "≥3"),
        ('<w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r>', "☑"),
        ('<w:r><w:sym w:font="X" w:char="F0B3"/><w:sym w:char="z"/><w:sym w:char="2460"/></w:r>', "\ufffd\ufffd①"),
        (run("甲") + f"<w:hyperlink><w:smartTag>{run('乙')}</w:smartTag></w:hyperlink>", "甲乙"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('甲')}</w:sdtContent></w:sdt>{run('乙')}", "甲乙"),
        (f"<w:ins>{run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        (f'<w:fldSimple w:instr="SEQ 表">{run("3")}</w:fldSimple>', "3"),
        (field("SEQ 表", run("3")), "3"),
        (field("IF " + "</w:instrText></w:r>" + field("PAGE", run("9")) + "<w:r><w:instrText>", run("真")), "真"),
        (char("end") + run("甲"), "甲"),
        (f"<w:r><w:ruby><w:rt>{run('yun')}</w:rt><w:rubyBase>{run('云')}</w:rubyBase></w:ruby></w:r>", "云"),
        ('<w:commentRangeStart w:id="0"/>' + run("甲") + '<w:r><w:commentReference w:id="0"/></w:r>', "甲"),
        (either(f"<mc:Choice>{run('甲')}</mc:Choice><mc:Fallback>{run('乙')}</mc:Fallback>"), "甲"),
        (either(f"<mc:Fallback>{run('乙')}</mc:Fallback>"), "乙"),
    ],
    ids=str,
)  # fmt: skip
def test_the_text_is_what_is_printed(read, inner, text):
    assert texts(read(par(inner))) == [text]


def test_formulas_are_left_over(read):
    draft = read(par("率", "<m:oMath><m:r><m:t>a/b</m:t></m:r></m:oMath>"))
    assert texts(draft) == ["率"]
    assert [left.text for left in draft.leftovers] == ["a/b"]


def test_what_word_hides_is_no_text_and_is_told(read):
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>明</w:t></w:r>'
    draft = read(par("甲", hidden, shown))
    assert texts(draft) == ["甲明"]
    assert [left.text for left in draft.leftovers] == ["暗"]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>', "☑"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☑"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="优"/><w:listEntry w:val="良"/></w:ddList>', "良"),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="优"/></w:ddList>', ""),
        ("<w:textInput/>", ""),
    ],
)
def test_fields_of_old_forms_say_what_they_show(read, data, shown):
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    code = "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
    assert texts(read(par(begin, code, char("separate"), char("end"), "是"))) == [f"{shown}是"]


PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize("words", ["单击或点击此处输入文字。", "请选择一项。", "Click here to enter text."])
def test_a_prompt_that_nobody_answered_is_no_content(tmp_path, words):
    body = (
        par("甲：", PROMPT.format(run(words)))
        + PROMPT.format(par(words))
        + table(row(cell(par("指标")), cell(PROMPT.format(par(words)))))
    )
    draft = read_docx(write_docx(tmp_path / "a.docx", body))
    assert texts(draft) == ["甲："]
    assert filled(next(block for block in draft.blocks if isinstance(block, Fragment))) == [["指标", ""]]
    assert [left.text for left in draft.leftovers] == [words] * 3


def test_a_control_that_was_filled_in_is_content(tmp_path):
    assert texts(read_docx(write_docx(tmp_path / "a.docx", par("甲：", PROMPT.format(run("96家")))))) == ["甲：96家"]
