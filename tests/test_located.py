"""Each value knows its line, and what has no end is refused: in every kind of file alike."""

import pytest
import yaml

from taizhang.connect.noted import DeclarationError, Noted
from taizhang.core.errors import RecordError
from taizhang.located import malformed
from taizhang.records.written import Written

BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))


@pytest.mark.parametrize(("made", "trouble"), [(Written, RecordError), (Noted, DeclarationError)])
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "甲.yaml 第 1 行：文件是空的"),
        ("a: 1\nb: {b: [\n", "甲.yaml 第 3 行不合 YAML 写法"),
        ("a: 1\nb: 2\na: 3\n", "甲.yaml 第 3 行：“a”前面已经写过"),
        ("a: 1\n? [a]\n: 1\n", "甲.yaml 第 2 行：键应是一个词"),
        ("a: &a [*a]\n", "甲.yaml 第 1 行：内容太多或套得太深"),
        ("a: " + "[" * 20 + "]" * 20, "内容太多或套得太深"),
        (BOMB, "内容太多或套得太深"),
        ("x" * 200_001, "甲.yaml 太长"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_with_its_place(made, trouble, text, says):
    with pytest.raises(trouble, match=says):
        made.parsed(text, "甲.yaml")


def test_an_alias_is_read_wherever_it_stands():
    assert Written.parsed("a: &a [x]\nb: *a\n", "甲.yaml").plain() == {"a": ["x"], "b": ["x"]}


def test_trouble_without_a_place_is_said_too():
    assert malformed(yaml.YAMLError()).startswith("某处不合 YAML 写法")
