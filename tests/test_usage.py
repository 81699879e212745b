"""The command line speaks Chinese where it is misused and where it explains itself."""

import re

import click
import pytest
from click.testing import CliRunner

from taizhang.cli import main

# What was written | what is said of it; every line was once English.
MISUSED = """
check | 错误：没有写 FILE。
chek | 错误：没有命令 chek，是不是 check？
nothing-like-it | 错误：没有命令 nothing-like-it。
check --fromat json 报告.docx | 错误：没有选项 --fromat，是不是 --format？
check 报告.docx --fail-on | 错误：--fail-on 后面要写一个值。
check 报告.docx --diff=3 | 错误：--diff 后面不写值。
check 报告.docx --format doc | 错误：--format 只能写 text、json、html、docx、pdf、xlsx、sarif。
read 甲.docx 乙.docx | 错误：多写了 乙.docx。
serve --port 99999 | 错误：--port 要写 1 到 65535 之间的整数。
serve --workers x | 错误：--workers 要写 1 到 64 之间的整数。
"""


def lines():
    return [tuple(part.strip() for part in line.split("|")) for line in MISUSED.strip().splitlines()]


@pytest.mark.parametrize(("written", "said"), lines())
def test_what_is_misused_is_told_in_chinese(written: str, said: str) -> None:
    result = CliRunner().invoke(main, written.split())
    assert result.exit_code == 2
    assert said in result.stderr.splitlines()
    assert not re.search("Usage|Error|Try|Invalid|Missing", result.output)


def commands() -> list[str]:
    assert isinstance(main, click.Group)
    return [name for name, command in main.commands.items() if command.context_settings.get("help_option_names") != []]


@pytest.mark.parametrize("name", ["", *commands()])
def test_the_frame_of_the_help_is_chinese(name: str) -> None:
    result = CliRunner().invoke(main, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert result.output.startswith("用法：")
    assert "选项：" in result.output
    assert not re.search(r"Usage|Options|Commands|Show|default|required|<=", result.output)
