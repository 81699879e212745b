"""taizhang read · check · rule: the command line."""

from __future__ import annotations

import importlib
import sys
import threading
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from taizhang.core.errors import TaizhangError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from taizhang.checks.result import Result

CLEAN, FOUND, FAILED = 0, 1, 2
SLOW = 2.0  # seconds after which even a single file shows that work goes on
FORMATS = ("text", "json", "html", "docx", "pdf")
_SUFFIX = {"json": ".json", "html": ".html", "docx": ".docx", "pdf": ".pdf", "text": ".txt"}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="taizhang", prog_name="taizhang", message="%(prog)s %(version)s")
def main() -> None:
    """台账：读懂绩效报告，像专家一样查出问题。全程在本机运行，不联网。"""


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；不写则显示在屏幕上。")
@click.option("--profile", default="generic", show_default=True, help="口径配置：随附的名称，或者自己的 YAML 文件。")
def read(file: Path, form: str, output: Path | None, profile: str) -> None:
    """读出报告里的表格和数据。

    FILE 是 Word（.docx）、Excel（.xlsx）、PDF 或文本文件。
    """
    with _one_sentence():
        # Loaded here and not above, so that --help and errors of use answer at once.
        from taizhang import documents, profiles  # noqa: PLC0415
        from taizhang.checks.present.json import read_json  # noqa: PLC0415
        from taizhang.checks.present.outline import outline  # noqa: PLC0415
        from taizhang.intake.facts import facts  # noqa: PLC0415
        from taizhang.intake.numerals import numerals  # noqa: PLC0415

        with _progress(1) as step:
            conventions = profiles.load(profile)
            document = documents.read(file)
            found = facts(document, conventions)
            document.leftovers.extend(numerals(document, conventions).unread)
            step(file)
        _deliver(read_json(document, found) if form == "json" else outline(document, found), output)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--select", multiple=True, metavar="CODE", help="只用这些规则：代码或开头几个字母，可用逗号分开，如 ARI,TGT001。"
)
@click.option("--ignore", multiple=True, metavar="CODE", help="不用这些规则，写法同上。")
@click.option(
    "--format",
    "forms",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("text",),
    help="输出格式，可以写多次；默认 text。",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；有多个格式或多个文件时是文件夹。")
@click.option("--profile", default="generic", show_default=True, help="口径配置：随附的名称，或者自己的 YAML 文件。")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), default="warning", show_default=True,
              help="有这一级及以上的问题时以 1 退出；never 表示总以 0 退出。")  # fmt: skip
@click.pass_context
def check(  # noqa: PLR0913, PLR0917 - click passes each option as an argument
    context: click.Context, files: tuple[Path, ...], select: tuple[str, ...], ignore: tuple[str, ...],
    forms: tuple[str, ...], output: Path | None, profile: str, fail_on: str,
) -> None:  # fmt: skip
    """查报告里的问题：数字对不上、没有达到却写 100%、计划与完成不符等。

    几个文件一起给出时一起查；给出文件夹时查其中的报告。
    退出码：0 没有问题，1 有问题，2 有文件打不开或命令写错。
    """
    with _one_sentence():
        from taizhang.checks import check_files  # noqa: PLC0415 - as above
        from taizhang.profiles import load  # noqa: PLC0415

        paths = _reports(files)
        with _progress(len(paths)) as step:
            result = check_files(
                paths, profile=load(profile), select=_codes(select), ignore=_codes(ignore), on_read=step
            )
        _present(result, paths, forms, output)
        context.exit(_status(result, fail_on))


@main.command()
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="显示全部规则的说明。")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
def rule(code: str | None, everything: bool, form: str) -> None:
    """说明规则：为什么查、什么算错、依据是什么。

    不写 CODE 时列出全部规则；写 CODE（如 TGT001）时显示这一条的说明。
    """
    with _one_sentence():
        from taizhang.checks.present.rules import describe, describe_json  # noqa: PLC0415 - as above
        from taizhang.checks.registry import rules  # noqa: PLC0415

        known = rules()
        if code and code.upper() not in known:
            raise UsageError(f"没有规则 {code}；用 taizhang rule 可以看到全部规则代码。")
        chosen = [known[code.upper()]] if code else list(known.values())
        full = bool(code) or everything
        _deliver(describe_json(chosen) if form == "json" else describe(chosen, full=full), None)


def _codes(given: Sequence[str]) -> list[str]:
    return [code.strip().upper() for part in given for code in part.replace("，", ",").split(",") if code.strip()]


def _reports(given: Sequence[Path]) -> list[Path]:
    """The files to check: those named, and the readable ones of folders; our own marked copies are left out."""
    from taizhang.documents import FORMATS as readable  # noqa: N811, PLC0415 - as above

    found: list[Path] = []
    for path in given:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            p for p in path.rglob("*") if p.suffix.lower() in readable and not p.name.startswith(("~$", "."))
        )
        inside = [p for p in inside if not p.stem.endswith(MARK)]
        if not inside:
            raise UsageError(f"文件夹 {path} 里没有可读的报告。")
        found.extend(inside)
    return list(dict.fromkeys(found))


MARK = "（台账检查）"


def _present(result: Result, paths: Sequence[Path], forms: Sequence[str], output: Path | None) -> None:
    from taizhang.checks.present import html, json, terminal  # noqa: PLC0415 - as above

    marked = [form for form in forms if form in {"docx", "pdf"}]
    several = len(forms) > 1 or (bool(marked) and len(paths) > 1)
    if several and output is not None:
        output.mkdir(parents=True, exist_ok=True)
    read_names = {document.file for document in result.documents}
    for form in dict.fromkeys(forms):
        if form == "text":
            _terminal(result, terminal.show, output if not several else None)
        elif form == "json":
            _deliver(json.to_json(result), _target(output, paths, form, several=several))
        elif form == "html":
            _deliver(html.page(result), _target(output, paths, form, several=several) or _beside(paths[0], ".html"))
        else:
            writer = importlib.import_module(f"taizhang.checks.present.{form}").write
            fitting = [path for path in paths if path.suffix.lower() in _written_by(form) and path.name in read_names]
            if not fitting:
                raise UsageError(
                    f"没有可以写批注的 {form} 文件；这个格式只用于 {'Word' if form == 'docx' else 'PDF'} 报告。"
                )
            for path in fitting:
                out = _target(output, [path], form, several=several) or _beside(path, path.suffix)
                count = writer(result, path, out, at=datetime.now().astimezone())
                click.echo(f"已写出 {out}（批注 {count} 条）", err=True)


def _written_by(form: str) -> tuple[str, ...]:
    return (".docx", ".docm") if form == "docx" else (".pdf",)


def _target(output: Path | None, paths: Sequence[Path], form: str, *, several: bool) -> Path | None:
    if output is None:
        return None
    return output / f"{paths[0].stem}{MARK}{_SUFFIX[form]}" if several or output.is_dir() else output


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(f"{path.stem}{MARK}{suffix}")


def _terminal(result: Result, show: Callable[..., None], output: Path | None) -> None:
    from rich.console import Console  # noqa: PLC0415 - as above

    if output is None:
        show(result, Console())
        return
    with output.open("w", encoding="utf-8") as file:
        show(result, Console(file=file, width=80))
    click.echo(f"已写出 {output}", err=True)


def _deliver(text: str, output: Path | None) -> None:
    """Put a text on the screen, or whole into a file: a half-written file is never left behind."""
    if output is None:
        click.echo(text)
        return
    part = output.with_name(output.name + ".part")
    try:
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(output)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"写不了 {output}：{error.strerror}。请检查文件夹是否存在、是否有写入权限。") from error
    click.echo(f"已写出 {output}", err=True)


def _status(result: Result, fail_on: str) -> int:
    if result.unreadable or result.crashed:
        return FAILED
    from taizhang.core.finding import Severity  # noqa: PLC0415 - as above

    if fail_on == "never":
        return CLEAN
    return FOUND if any(finding.severity.rank <= Severity(fail_on).rank for finding in result.findings) else CLEAN


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Anything expected to go wrong is told in one sentence, with exit code 2."""
    try:
        yield
    except TaizhangError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(FAILED)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Path], None]]:
    """A bar from the second file on; for a single file a sign of life after two seconds."""
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    if total > 1:
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("读取报告", total=total)
            yield lambda path: progress.update(task, advance=1, description=path.name[:24])
        return
    status = console.status("正在读取，请稍候……")
    timer = threading.Timer(SLOW, status.start)
    timer.start()
    try:
        yield lambda _path: None
    finally:
        timer.cancel()
        status.stop()
