"""taizhang read · check · write · refresh · rule · profile · kind: the command line."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from taizhang import usage
from taizhang.core.collecting import uncollected
from taizhang.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

    from taizhang.checks.comparison import Comparison
    from taizhang.checks.present.delivery import Voice
    from taizhang.checks.result import Result
    from taizhang.core.finding import Finding
    from taizhang.reports.snapshot import Snapshot

AUTO = "auto"  # the profile that the documents themselves ask for
CLEAN, FOUND, FAILED = 0, 1, usage.FAILED
SLOW = 2.0  # seconds after which even a single file shows that work goes on
FORMATS = ("text", "json", "html", "docx", "pdf", "xlsx", "sarif")
_profile_option = click.option(
    "--profile", default=AUTO, show_default=True,
    help="口径配置：auto 按报告的内容选用，也可以写随附的名称，或者自己的 YAML 文件。",
)  # fmt: skip


@click.group(cls=usage.Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@usage.version
def main() -> None:
    """台账：读懂绩效报告，像专家一样查出问题。全程在本机运行，不联网。"""


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；不写则显示在屏幕上。")
@_profile_option
def read(file: Path, form: str, output: Path | None, profile: str) -> None:
    """读出报告里的表格和数据。

    FILE 是 Word（.docx）、Excel（.xlsx）、PDF 或文本文件。
    """
    with usage.one_sentence():
        # Loaded here and not above, so that --help and errors of use answer at once.
        from taizhang import documents, profiles  # noqa: PLC0415
        from taizhang.checks.present.delivery import spare  # noqa: PLC0415
        from taizhang.checks.present.json import read_json  # noqa: PLC0415
        from taizhang.checks.present.outline import outline  # noqa: PLC0415
        from taizhang.intake.facts import facts  # noqa: PLC0415
        from taizhang.intake.numerals import numerals  # noqa: PLC0415
        from taizhang.profiles.recognition import recognise  # noqa: PLC0415

        spare(output, [file])
        with _progress(1) as step:
            document = documents.read(file)
            conventions = profiles.load(recognise([document]).name if profile == AUTO else profile)
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
@click.option("--format", "forms", type=click.Choice(FORMATS), multiple=True, default=("text",),
              help="输出格式，可以写多次；默认 text。")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；有多个格式或多个文件时是文件夹。")
@_profile_option
@click.option("--exemptions", type=click.Path(path_type=Path),
              help="豁免文件；不写时用报告旁边的“台账豁免.yaml”。")  # fmt: skip
@click.option("--baseline", type=click.Path(path_type=Path),
              help="基线文件：还没有就写一个；已有就只列出基线以外的新问题。")  # fmt: skip
@click.option("--write-baseline", is_flag=True, help="把这一次的问题重新写进基线文件。")
@click.option("--ledger", type=click.Path(path_type=Path), metavar="数据.json",
              help="台账的快照或数据文件：绑定的数逐个与台账对照，不同的说明台账里是多少、由什么得来。")  # fmt: skip
@click.option("--diff", is_flag=True, help="两稿对照：给出旧稿和新稿，列出新出现、已经没有和仍然存在的问题。")
@click.option("--fail-on", type=click.Choice(["error", "warning", "info", "never"]), default="warning", show_default=True,
              help="有这一级及以上的问题时以 1 退出；never 表示总以 0 退出。")  # fmt: skip
@click.pass_context
def check(  # noqa: PLR0913 - click passes each option as an argument
    context: click.Context, /, files: tuple[Path, ...], *, select: tuple[str, ...], ignore: tuple[str, ...],
    forms: tuple[str, ...], output: Path | None, profile: str, exemptions: Path | None, baseline: Path | None,
    write_baseline: bool, ledger: Path | None, diff: bool, fail_on: str,
) -> None:  # fmt: skip
    """查报告里的问题：数字对不上、没有达到却写 100%、计划与完成不符等。

    几个文件一起给出时一起查；给出文件夹时查其中的报告。
    退出码：0 没有问题，1 有问题，2 有文件打不开或命令写错。
    """
    # It would look through a hundred reports again for each page printed, and once more at the end.
    with usage.one_sentence(), uncollected(to_the_end=True):
        from taizhang.checks.present import delivery  # noqa: PLC0415 - as above

        request = Request(profile, _codes(select), _codes(ignore), exemptions)
        if diff:
            if len(forms) > 1:
                raise UsageError("两稿对照一次只给一种格式：text 或 json。")
            seen = _drafts(files, request, baseline or write_baseline)
            delivery.deliver_comparison(seen, forms[0], output, _voice())
            context.exit(_status(seen.new, seen.fresh, fail_on, seen.old))
        if write_baseline and baseline is None:
            raise UsageError("--write-baseline 要和 --baseline 文件名 一起写。")
        if ledger is not None and (set(forms) != {"text"} or output is not None):
            raise UsageError("与台账的对照印在终端上：--ledger 不与其他格式、-o 一起用。")
        paths = _reports(files)
        delivery.spare(baseline, paths)
        known = None
        if ledger is not None:
            from taizhang.reports import opening  # noqa: PLC0415 - as above

            known = opening.opened(ledger)  # before the check: what cannot be read is told at once
        result = request.run(paths, whole=set(forms) != {"json"})
        if baseline is not None:
            result = _against(result, baseline, anew=write_baseline)
        delivery.deliver(result, paths, forms, output, _voice())
        differs = False
        if known is not None:
            differs, told = opening.compared(paths, known)
            click.echo(told)
        context.exit(max(_status(result, result.findings, fail_on), FOUND if differs and fail_on != "never" else CLEAN))


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
    with usage.one_sentence():
        from taizhang.checks.present.rules import describe, describe_json  # noqa: PLC0415 - as above
        from taizhang.checks.registry import rules  # noqa: PLC0415

        known = rules()
        if code and code.upper() not in known:
            raise UsageError(f"没有规则 {code}；用 taizhang rule 可以看到全部规则代码。")
        chosen = [known[code.upper()]] if code else list(known.values())
        full = bool(code) or everything
        _deliver(describe_json(chosen) if form == "json" else describe(chosen, full=full), None)


@main.command()
@click.argument("of", required=False, metavar="[NAME|FILE]")
@click.option("--all", "everything", is_flag=True, help="连没有改动的通用口径也逐项列出。")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
def profile(of: str | None, everything: bool, form: str) -> None:
    """说明口径配置：有哪些，某一份里每一项的值是什么、写在哪个文件里。

    不写时列出随附的口径；写名称或自己的 YAML 文件时逐项列出；写报告文件时说明会选用哪一份、凭什么。
    """
    with usage.one_sentence():
        from taizhang import documents  # noqa: PLC0415 - as above
        from taizhang.checks.present import conventions  # noqa: PLC0415
        from taizhang.profiles.recognition import recognise  # noqa: PLC0415

        if of is None:
            told = conventions.listed(form)
        elif Path(of).suffix.lower() in documents.FORMATS:
            told = conventions.chosen(recognise([documents.read(Path(of))]), form)
        else:
            told = conventions.shown(of, form, everything=everything)
        _deliver(told, None)


@main.command()
@click.argument("words", nargs=-1, metavar="[KEY|NAME|FILE]...")
def kind(words: tuple[str, ...]) -> None:
    """说明记录类型：有哪些字段、计量、级别和状态，供给哪些报告；检查本校的类型文件。

    不写时列出全部类型；写类型的键或名称（如 培训项目）时显示这一个；写自己的 YAML 文件（可几个）时检查它们，显示与随附类型合在一起的样子。
    """
    with usage.one_sentence():
        from taizhang.records import manual  # noqa: PLC0415 - as above

        _deliver(manual.answered(words), None)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "data", required=True, type=click.Path(path_type=Path), metavar="数据.json",
              help="台账的数据文件，在网站的报告页下载。")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；不写则改原文件。")
@click.option("--overwrite", is_flag=True, help="手改过的数也按台账改回。")
@click.pass_context
def refresh(context: click.Context, /, file: Path, *, data: Path, output: Path | None, overwrite: bool) -> None:
    """按台账刷新 Word 报告里的数。

    只改绑定台账的数，文字、版式和其余内容一个字节不动；改了什么逐条列出。手改过的数、台账里已经没有的数只说明，不动。
    退出码：0 全部与台账一致，1 有数要您决定，2 没有做成。
    """
    with usage.one_sentence():
        from taizhang.checks.present.delivery import spare  # noqa: PLC0415 - as above
        from taizhang.reports import opening, standing  # noqa: PLC0415
        from taizhang.reports.word.account import account  # noqa: PLC0415
        from taizhang.reports.word.renewal import renew  # noqa: PLC0415

        spare(output, [data])
        ledger = opening.opened(data)
        renewal = renew(file, output or file, ledger.register, overwrite=overwrite)
        click.echo(account(renewal, file.name))
        if ledger.traces is not None and renewal.seen:
            outline = standing.outline_of(ledger.traces.snapshot, renewal.seen)
            rows = list(standing.absent(outline, renewal.seen))
            click.echo(standing.told(rows), nl=bool(rows))
        context.exit(CLEAN if renewal.is_settled else FOUND)


@main.command()
@click.argument("template", required=False, type=click.Path(path_type=Path))
@click.option("--from", "data", required=True, type=click.Path(path_type=Path), metavar="数据.json",
              help="台账的数据文件，在网站的报告页下载。")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="写到这个文件；不能是模板自己。")
@click.pass_context
def fill(context: click.Context, /, template: Path | None, *, data: Path, output: Path | None) -> None:
    """把台账的数填进自己的 Word 模板。

    模板里写占位符，如 {{指标 1.2.2.6 实现值}}；不写 TEMPLATE 时列出可以用的全部占位符。
    填好的数与台账写出的报告一样能刷新、能查。退出码：0 全部填好，1 有占位符没填，2 没有做成。
    """
    with usage.one_sentence():
        from taizhang.checks.present.delivery import spare  # noqa: PLC0415 - as above
        from taizhang.reports import source  # noqa: PLC0415
        from taizhang.reports.word import template as filling  # noqa: PLC0415

        known = source.load(data)
        if template is None:
            _deliver("\n".join(filling.known(known)), output)
            return
        if output is None:
            raise UsageError("请用 -o 写明填好的报告叫什么，如 -o 自评报告.docx。")
        spare(output, [data, template])
        done = filling.fill(template, output, known)
        click.echo(filling.account(done, output.name))
        context.exit(FOUND if done.unfilled else CLEAN)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-k", "--kind", "key", default="selfevaluation", show_default=True, metavar="KIND",
              help="写哪一种报告；写 list 列出全部。")  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="报告写到这个 .docx 文件；写 .xlsx 则只要其中的表。"
)
@click.option("--snapshot", "kept", type=click.Path(path_type=Path), help="把报告所取的快照也存到这个 .json 文件。")
@_profile_option
def write(file: Path, key: str, output: Path | None, kept: Path | None, profile: str) -> None:
    """写出一份 Word 报告。

    FILE 是台账的快照（.json，在网站的报告页下载），或一份自评报告、任务书：从中读出任务点和指标，重新算过完成度再写。
    """
    with usage.one_sentence():
        from taizhang.checks.present.delivery import spare  # noqa: PLC0415 - as above
        from taizhang.reports import annex  # noqa: PLC0415
        from taizhang.reports.catalogue import KINDS  # noqa: PLC0415
        from taizhang.reports.snapshot import to_json  # noqa: PLC0415
        from taizhang.reports.word import write as write_word  # noqa: PLC0415

        if key == "list":
            _deliver("\n".join(f"{kind.key}\t{kind.name}：{kind.about}" for kind in KINDS.values()), None)
            return
        if key not in KINDS:
            raise UsageError(f"没有“{key}”这种报告，可写：{'、'.join(KINDS)}。")
        if output is None or output.suffix.lower() not in {".docx", ".xlsx"}:
            raise UsageError("请用 -o 写明报告叫什么，如 -o 自评报告.docx，或 -o 附表.xlsx。")
        for target in filter(None, (output, kept)):
            spare(target, [file])
        snapshot = _snapshot(file, profile)
        outline = KINDS[key].build(snapshot)
        (write_word if output.suffix.lower() == ".docx" else annex.write)(outline, output)
        if kept is not None:
            _deliver(to_json(snapshot), kept)
        points, rows = len(snapshot.points), len(snapshot.indicators)
        click.echo(f"已写出 {output}：任务点 {points} 个，绩效指标 {rows} 个，业务记录 {len(snapshot.records)} 条。")


def _snapshot(file: Path, profile: str) -> Snapshot:
    """The snapshot that a file holds, or what a document tells as one."""
    from taizhang import documents, profiles  # noqa: PLC0415 - as above
    from taizhang.profiles.recognition import recognise  # noqa: PLC0415
    from taizhang.reports.imported import imported  # noqa: PLC0415
    from taizhang.reports.register import text_of  # noqa: PLC0415
    from taizhang.reports.snapshot import from_json  # noqa: PLC0415

    if file.suffix.lower() == ".json":
        return from_json(text_of(file))
    document = documents.read(file)
    chosen = profiles.load(recognise([document]).name if profile == AUTO else profile)
    return imported(document, chosen, datetime.now().astimezone().date())


@main.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """管理台账网站：建库、备份、校验等。

    不写参数列出全部命令；例如 taizhang manage migrate。
    """
    with usage.one_sentence():
        _site().manage(words)


@main.command(name="import", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument(
    "words", nargs=-1, type=click.UNPROCESSED, metavar="FILE --by 登录名 [--period 中期] [--as-printed] [--write]"
)
def import_(words: tuple[str, ...]) -> None:
    """把任务书、自评报告或计划表导入台账。

    先说明读懂了什么、哪些单元格存疑、与现有方案有何不同；写明 --write 才写入，要么全部写入，要么一个字不动。
    全部选项：taizhang manage take_in --help。
    """
    with usage.one_sentence():
        _site().manage(("take_in", *(words or ("--help",))))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；0.0.0.0 让校园网内都能访问。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口。")
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="进程数，与处理器核数相同为宜。"
)
def serve(host: str, port: int, workers: int) -> None:
    """启动台账网站。

    第一次启动会在 TAIZHANG_DATA 所指的目录里建好数据库；按 Ctrl-C 停止。
    """
    with usage.one_sentence():
        _site().serve(host, port, workers)


def _site() -> ModuleType:
    """The site, which the checker does without: its libraries may not be installed."""
    try:
        from taizhang.web import site  # noqa: PLC0415 - as above
    except ImportError as error:
        raise UsageError(
            f"没有安装网站所需的组件（缺 {error.name}），请先运行：pip install 'taizhang[web]'。"
        ) from error
    return site


def _codes(given: Sequence[str]) -> list[str]:
    return [code.strip().upper() for part in given for code in part.replace("，", ",").split(",") if code.strip()]


def _reports(given: Sequence[Path]) -> list[Path]:
    """The files to check: those named, and the readable ones of folders; our own marked copies are left out."""
    from taizhang.checks.present.delivery import MARK  # noqa: PLC0415 - as above
    from taizhang.documents import FORMATS as readable  # noqa: N811, PLC0415

    found: list[Path] = []
    for path in given:
        if not _is_folder(path):
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


def _is_folder(path: Path) -> bool:
    """Whether a path is a folder; what cannot be asked for (a name too long) is none, and reading it will say why."""
    try:
        return path.is_dir()
    except OSError:
        return False


class Request(NamedTuple):
    """How to check: under which profile, with which rules, and with which exemptions."""

    profile: str
    select: list[str]
    ignore: list[str]
    exemptions: Path | None

    def run(self, paths: Sequence[Path], *, whole: bool = True) -> Result:
        """Check these files together, as of today; not `whole` where the documents themselves are not looked into."""
        from taizhang.checks import Allowed, check_files  # noqa: PLC0415 - as above
        from taizhang.checks.exemptions import beside, load  # noqa: PLC0415
        from taizhang.checks.registry import rules  # noqa: PLC0415
        from taizhang.profiles import load as load_profile  # noqa: PLC0415

        files = beside(paths) if self.exemptions is None else [self.exemptions]
        entries = [entry for file in files for entry in load(file, rules())]
        profile = None if self.profile == AUTO else load_profile(self.profile)
        with _progress(len(paths)) as step:
            return check_files(
                paths, profile=profile, select=self.select, ignore=self.ignore, on_step=step, processes=None, whole=whole,
                allowed=Allowed(entries, datetime.now().astimezone().date()),
            )  # fmt: skip


def _drafts(files: Sequence[Path], request: Request, baseline: object) -> Comparison:
    from taizhang.checks.comparison import compare  # noqa: PLC0415 - as above

    if len(files) != 2:
        raise UsageError("--diff 要给出两个文件（或两个文件夹）：先旧稿，后新稿。")
    if baseline:
        raise UsageError("--diff 不能和 --baseline、--write-baseline 一起用。")
    drafts = [request.run(_reports([file])) for file in files]
    for draft in drafts:
        if len(draft.unreadable) == len(draft.files):  # of a draft that was not read no finding is gone
            raise UsageError(f"没有对照，因为{'；'.join(reason.rstrip('。') for _, reason in draft.unreadable)}。")
    return compare(*drafts)


def _against(result: Result, path: Path, *, anew: bool) -> Result:
    """The result without what the baseline knows; the baseline is written first where it is missing or asked for."""
    from taizhang.checks import baseline  # noqa: PLC0415 - as above

    if anew or not path.exists():
        if result.unreadable or result.crashed:
            reasons = "；".join(reason for _, reason in (*result.unreadable, *result.crashed))
            raise UsageError(f"没有全部查完，所以没有写基线：{reasons}")
        _deliver(baseline.of(result), path)
        click.echo(f"基线记下问题 {len(result.findings)} 个；以后用它只列出新的问题。", err=True)
    return baseline.respected(result, baseline.load(path))


def _deliver(text: str, output: Path | None) -> None:
    from taizhang.checks.present.delivery import put  # noqa: PLC0415 - as above

    if output is None:
        click.echo(text)
    else:
        put(f"{text}\n".encode(), output, _voice())


def _voice() -> Voice:
    from taizhang.checks.present.delivery import Voice  # noqa: PLC0415 - as above

    return Voice(click.echo, partial(click.echo, err=True))


def _status(result: Result, findings: Sequence[Finding], fail_on: str, *more: Result) -> int:
    if any(each.unreadable or each.crashed for each in (result, *more)):
        return FAILED
    from taizhang.core.finding import Severity  # noqa: PLC0415 - as above

    if fail_on == "never":
        return CLEAN
    return FOUND if any(finding.severity.rank <= Severity(fail_on).rank for finding in findings) else CLEAN


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Path], None]]:
    """A bar from the second file on; for a single file a sign of life after two seconds."""
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    if total > 1:
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("读取报告", total=2 * total)  # read, and checked
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
