"""How the command line speaks of itself: what click puts around our words, in Chinese, and trouble, in one sentence."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from taizhang.core.errors import TaizhangError, reason

FAILED = 2  # the exit code of a command that could not be done
version = click.version_option(
    package_name="taizhang", prog_name="taizhang", message="%(prog)s %(version)s", help="显示版本并退出。"
)
_HEADINGS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
_NOTES = ((re.compile(r"\[default: (.*?)(?=[;\]])"), r"[默认 \1"), (re.compile(r"\[required\]"), "[必填]"))
_BETWEEN = re.compile(r"; (\d+)<=x<=(\d+)\]")
_EXTRA = re.compile(r"\((?P<words>.*)\)")


class _Formatter(click.HelpFormatter):
    """A page of help."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is written."""
        super().write_usage(prog, args, "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """The heading of a part."""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """The options with their explanations, what click adds to them included."""
        super().write_dl([(name, _noted(words)) for name, words in rows], col_max, col_spacing)


def _noted(words: str) -> str:
    for pattern, chinese in _NOTES:
        words = pattern.sub(chinese, words)
    return _BETWEEN.sub(r"，\1 到 \2]", words)


class _Context(click.Context):
    formatter_class = _Formatter


class Misused(click.UsageError):
    """A command that was not written as it must be: the usage, what is wrong, and where to read more."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(_sentence(error), error.ctx)

    def show(self, file: Any = None) -> None:  # noqa: ANN401 - as click declares it
        """Print it where errors go."""
        if self.ctx is not None:
            click.echo(self.ctx.get_usage(), file=file, err=True)
        click.echo(f"错误：{self.message}", file=file, err=True)
        if self.ctx is not None and self.ctx.help_option_names:
            click.echo(f"用 {self.ctx.command_path} --help 看说明。", file=file, err=True)


def _sentence(error: click.UsageError) -> str:
    """What is wrong, in one sentence; click's own words where it is something rare."""
    match error:
        case click.NoSuchOption():
            return _unknown("选项", error.option_name, error.possibilities)
        case click.NoSuchCommand():
            return _unknown("命令", error.command_name, error.possibilities)
        case click.MissingParameter(param=click.Parameter() as param):
            return f"没有写 {_name(param)}。"
        case click.BadOptionUsage():
            return f"{error.option_name} 后面{'不写' if 'does not take' in error.message else '要写一个'}值。"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{_name(param)} {_wanted(param.type, error.message)}"
    extra = _EXTRA.search(error.message) if "unexpected extra argument" in error.message else None
    return f"多写了 {extra['words']}。" if extra else error.message


def _unknown(what: str, name: str, near: Sequence[str] | None) -> str:
    return f"没有{what} {name}" + (f"，是不是 {' 或 '.join(near)}？" if near else "。")


def _name(param: click.Parameter) -> str:
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name.rstrip(".")


def _wanted(kind: click.ParamType[Any], otherwise: str) -> str:
    if isinstance(kind, click.Choice):
        return f"只能写 {'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, click.IntRange):
        return f"要写 {kind.min} 到 {kind.max} 之间的整数。"
    return "要写整数。" if kind is click.INT else f"的值不对：{otherwise}"


class Command(click.Command):
    """A command that speaks Chinese where it is misused and where it explains itself."""

    context_class = _Context

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - handed on to click
        super().__init__(*args, **{"options_metavar": "[选项]", **more})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option that prints the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示说明并退出。"
        return option

    def make_context(self, *args: Any, **more: Any) -> click.Context:  # noqa: ANN401 - handed on to click
        """Read what was written; raises Misused."""
        try:
            return super().make_context(*args, **more)
        except (Misused, click.exceptions.NoArgsIsHelpError):
            raise
        except click.UsageError as error:
            raise Misused(error) from error


class Group(Command, click.Group):
    """Commands under one name."""

    command_class = Command

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - handed on to click
        super().__init__(*args, **{"subcommand_metavar": "命令 …", **more})

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; raises Misused."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise Misused(error) from error


@contextmanager
def one_sentence() -> Iterator[None]:
    """Anything expected to go wrong is told in one sentence, with exit code 2."""
    try:
        yield
    except TaizhangError as error:
        click.echo(f"错误：{error}", err=True)
        sys.exit(FAILED)
    except BrokenPipeError:  # who read the output has gone, which is no trouble to tell
        raise
    except OSError as error:  # of a path that no file can have, or of a disk that fails on the way
        where = f"{error.filename}：" if error.filename else ""
        click.echo(f"错误：{where}{reason(error)}，请检查路径和磁盘后再试。", err=True)
        sys.exit(FAILED)
