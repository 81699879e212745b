"""Small files of each kind, made here: what people upload as evidence, and what must not be taken."""

import io
import zipfile

from docx import Document
from openpyxl import Workbook
from PIL import Image, ImageDraw

from pdf_files import Canvas, pdf_bytes


def png(width=60, height=40):
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).line((0, 0, width, height), fill="red")
    image.save(out, "PNG")
    return out.getvalue()


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (50, 30), "gray").save(out, "JPEG")
    return out.getvalue()


def word(*paragraphs):
    document = Document()
    for paragraph in paragraphs or ("关于公布教学改革项目的通知",):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet(*rows):
    book = Workbook()
    for row in rows or (("课程", "门数"), ("在线课程", 6)):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf(*pages):
    """A PDF with these Latin words, a page each; an empty page for an empty text."""
    return pdf_bytes([Canvas().text(72, 72, words) if words else Canvas() for words in pages or ("plan",)])
