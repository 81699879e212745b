"""Putting a result where it was asked for: on the screen, into a file, or beside the report, in each form."""

import importlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from taizhang.checks.comparison import Comparison
from taizhang.checks.present.json import comparison_json, to_json
from taizhang.checks.present.terminal import show, show_comparison
from taizhang.checks.result import Result
from taizhang.core.errors import UsageError, reason
from taizhang.documents.writing import whole

MARK = "（台账检查）"
_SUFFIX = {"text": ".txt"}  # of a file in another form than its name
_INTO_A_COPY = {"docx": (".docx", ".docm"), "pdf": (".pdf",)}
_ON_SCREEN = {"text", "json", "sarif"}


class Voice(NamedTuple):
    """How to speak: `screen` takes what was asked for, `aside` what else there is to tell."""

    screen: Callable[[str], None]
    aside: Callable[[str], None]


def deliver(result: Result, paths: Sequence[Path], forms: Sequence[str], output: Path | None, voice: Voice) -> None:
    """Give the result in each of the forms; each file written is told.

    Several forms, or copies of several reports, go into a folder.
    """
    forms = list(dict.fromkeys(forms))
    several = len(forms) > 1 or (forms[0] in _INTO_A_COPY and len(paths) > 1)
    if several and output is not None:
        _folder(output)
    for form in forms:
        if form in _INTO_A_COPY:
            _copies(result, paths, form, output, voice, several=several)
        elif form == "text" and (several or output is None):
            show(result, Console())
        elif output is None and form in _ON_SCREEN:
            voice.screen(_content(result, form).decode().rstrip("\n"))
        else:
            target = _target(output, _named_after(paths), form, several=several)
            spare(target, paths)
            put(_content(result, form), target, voice)


def deliver_comparison(seen: Comparison, form: str, output: Path | None, voice: Voice) -> None:
    """Give what two drafts differ in, as text or JSON."""
    if form not in {"text", "json"}:
        raise UsageError(f"两稿对照只有 text 和 json 两种格式，没有 {form}。")
    if form == "text" and output is None:
        show_comparison(seen, Console())
        return
    text = comparison_json(seen) if form == "json" else _plain(lambda console: show_comparison(seen, console))
    if output is None:
        voice.screen(text.rstrip("\n"))
    else:
        put(text.encode(), output, voice)


def spare(target: Path | None, sources: Iterable[Path]) -> None:
    """Refuse to write over a report that is being read."""
    if target is not None and target.exists() and any(path.exists() and target.samefile(path) for path in sources):
        raise UsageError(f"{target} 是要查的报告本身，没有写：请用 -o 换一个文件名。")


def put(content: bytes, path: Path, voice: Voice) -> None:
    """Put a content whole into a file: a half-written file is never left behind."""
    with whole(path) as stream:
        stream.write(content)
    voice.aside(f"已写出 {path}")


def _content(result: Result, form: str) -> bytes:
    # Each form is loaded when it is asked for: Jinja2 and openpyxl cost more than a whole check.
    if form == "html":
        return str(importlib.import_module("taizhang.checks.present.html").page(result)).encode()
    if form == "xlsx":
        written: bytes = importlib.import_module("taizhang.checks.present.xlsx").workbook(result, at=_now())
        return written
    if form == "sarif":
        return f"{importlib.import_module('taizhang.checks.present.sarif').to_sarif(result)}\n".encode()
    return (to_json(result) if form == "json" else _plain(lambda console: show(result, console))).encode()


def _plain(print_on: Callable[[Console], None]) -> str:
    buffer = StringIO()
    print_on(Console(file=buffer, width=80))
    return buffer.getvalue()


def _copies(
    result: Result,
    paths: Sequence[Path],
    form: str,
    output: Path | None,
    voice: Voice,
    *,
    several: bool,
) -> None:
    read_names = {document.file for document in result.documents}
    fitting = [path for path in paths if path.suffix.lower() in _INTO_A_COPY[form] and path.name in read_names]
    if not fitting:
        raise UsageError(f"没有可以写批注的 {form} 文件；这个格式只用于 {'Word' if form == 'docx' else 'PDF'} 报告。")
    write = importlib.import_module(f"taizhang.checks.present.{form}").write
    for path in fitting:
        copy = _target(output, path, path.suffix[1:], several=several)
        spare(copy, paths)
        count = write(result, path, copy, at=_now())
        voice.aside(f"已写出 {copy}（批注 {count} 条）。{result.coverage.sentence()}")


def _named_after(paths: Sequence[Path]) -> Path:
    """What a file about all reports is named after: the report, or how many there are."""
    return paths[0] if len(paths) == 1 else paths[0].with_name(f"{len(paths)} 份报告")


def _target(output: Path | None, path: Path, form: str, *, several: bool) -> Path:
    name = f"{path.stem}{MARK}{_SUFFIX.get(form, f'.{form}')}"
    if output is None:
        return path.with_name(name)
    return output / name if several or output.is_dir() else output


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"建不了文件夹 {path}：{reason(error)}。有多个格式或多个文件时，-o 是文件夹。") from error


def _now() -> datetime:
    return datetime.now().astimezone()
