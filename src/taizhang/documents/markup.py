"""Markup that converters leave in text (emphasis, tags, entities, escapes, formulas), taken out with places kept."""

import html
import re

from taizhang.documents.digits import raised

# What converters write; whatever else stands between < and > is the author's.
_TAG = (
    r"</?(?:b|i|u|strong|em|sub|sup|p|div|span|center|font|small|big|html|body)(?:\s[^<>]{0,200})?>|<br\s*/?>"
    r"|<!--(?:[^-]|-(?!->)){0,400}-->"
)
_MARKUP = re.compile(
    rf"\*\*|<sup>\s*(?P<raised>[^<>\s]{{1,8}})\s*</sup>|{_TAG}"
    r"|(?P<entity>&(?:[A-Za-z]{2,8}|#\d{1,6}|#[xX][0-9A-Fa-f]{1,5});)"
    r"|!\[[^\]\n]{0,200}\]\([^()\n]{1,300}\)"
    r"|\$\s?(?P<formula>[0-9A-Za-z\\{}^_%.,~+<>=/:() -]{1,80}?)\s?\$"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!|~<>%$&-])",
    re.IGNORECASE,
)
_MARKS = frozenset("*<&!$\\")  # one of them stands wherever there is markup
IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\n]{1,300}\)|<img\s[^<>]{0,300}>", re.IGNORECASE)
_SET = re.compile(r"\\(?:mathrm|mathbf|mathsf|text|textbf|rm|bf)\b\s*(?:\{([^{}]*)\})?")
_SIGNS = (
    (re.compile(r"\^\s*\{?\s*\\circ\s*\}?"), "°"),
    (re.compile(r"\\(?:geqslant|geqq|geq|ge)(?![A-Za-z])"), "≥"),
    (re.compile(r"\\(?:leqslant|leqq|leq|le)(?![A-Za-z])"), "≤"),
    (re.compile(r"\\times(?![A-Za-z])"), "×"),
    (re.compile(r"\\div(?![A-Za-z])"), "÷"),
    (re.compile(r"\\pm(?![A-Za-z])"), "±"),
    (re.compile(r"\\approx(?![A-Za-z])"), "≈"),
    (re.compile(r"\\sim(?![A-Za-z])"), "~"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\[,;:! ]|[{}\s]|\\(?:quad|qquad)(?![A-Za-z])"), ""),
)
_PLAIN = re.compile(r"[\d.,]+")


def strip_markup(raw: str, start: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A stretch of a line without markup, and where its kept stretches begin: (offset, column)."""
    if _MARKS.isdisjoint(raw):
        return raw, ()
    text, marks, last = "", [], 0
    for match in _MARKUP.finditer(raw):
        words, within = _meant(match)
        text += raw[last : match.start()]
        if words:
            marks.append((len(text), start + within))
            text += words
        last = match.end()
        marks.append((len(text), start + last))
    return text + raw[last:], tuple(marks)


def _meant(match: re.Match[str]) -> tuple[str, int]:
    """What markup stands for, and where in the line that is written."""
    if match["raised"]:
        return raised(match["raised"]), match.start("raised")
    if match["entity"]:
        return html.unescape(match["entity"]).replace("\xa0", " "), match.start()
    if match["escaped"]:
        return match["escaped"], match.start("escaped")
    if match["formula"]:
        said = _said(match["formula"])
        return (match[0], match.start()) if said is None else (said, match.start("formula"))
    return "", match.start()


def _said(formula: str) -> str | None:
    r"""A figure that a converter set as a formula (`\geq 9 5 . 2 \%`) as it was printed; None for any other."""
    if "\\" not in formula:
        joined = formula.replace(" ", "")
        return joined if _PLAIN.fullmatch(joined) else None
    text = _SET.sub(lambda match: match[1] or "", formula)
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return None if "\\" in text else text
