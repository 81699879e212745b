"""Modules are named after what they hold, say so in their first line, and stay short."""

import ast
import re
import sys
from pathlib import Path

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "service", "services"}
MODULE_LINES = 500
RULE_LINES = 150
FUNCTION_LINES = 50


def lines(module: Path) -> int:
    """The length of a module; the docstrings of a rule file are its manual and do not count."""
    text = module.read_text(encoding="utf-8")
    manual = 0
    if is_rule(module):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                manual += len((ast.get_docstring(node) or "").splitlines())
    return len(text.splitlines()) - manual


def is_rule(module: Path) -> bool:
    return module.parent.name == "rules" and not module.stem.startswith("_")


def test_module_is_named_by_a_noun_of_the_domain(module: Path) -> None:
    words = set(module.stem.split("_")) | {module.parent.name}
    assert not words & FORBIDDEN


def test_module_says_in_its_first_line_what_it_is_for(module: Path) -> None:
    explanation = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert explanation, "a module begins with one sentence saying what it is for"
    assert explanation.splitlines()[0].rstrip().endswith((".", "。", ")", ","))


def test_module_keeps_its_budget(module: Path) -> None:
    assert lines(module) <= (RULE_LINES if is_rule(module) else MODULE_LINES)


def test_functions_keep_their_budget(module: Path) -> None:
    long = [
        f"{node.name}: {code_lines(node)} lines"
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and code_lines(node) > FUNCTION_LINES
    ]
    assert not long


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The length without the docstring: a rule's is its manual."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return (node.end_lineno or 0) - first.lineno + 1


def test_nothing_is_left_for_later(module: Path) -> None:
    assert not re.search(r"#.*\b(TODO|FIXME|XXX)\b", module.read_text(encoding="utf-8"))


def test_core_stands_on_the_standard_library(root: Path) -> None:
    strangers = {
        f"{file.name}: {name}"
        for file in (root / "src/taizhang/core").rglob("*.py")
        for name in imported(file)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("taizhang.core")
    }
    assert not strangers


def test_core_computes_exactly(root: Path) -> None:
    inexact = [
        f"{file.name}:{node.lineno}"
        for file in (root / "src/taizhang/core").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id == "float")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert not inexact, "figures are Decimal, never float"


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names
