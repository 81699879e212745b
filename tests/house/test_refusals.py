"""What the site refuses, it can say in English too: the sentence is marked for translation where it is raised.

Commands of the console and what runs in processes of its own speak Chinese; so do the domain packages, which know no
Django.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

HAN = re.compile(r"[\u4e00-\u9fff]")
MARKS = {"_", "lazy", "gettext", "ngettext", "gettext_lazy"}
# Said at the console, or by a process without a person in front of it.
AT_THE_CONSOLE = {
    "deployment.py", "management", "archive.py", "apart.py", "demonstration.py", "site.py",
}  # fmt: skip


def sentences(tree: ast.AST) -> Iterator[ast.expr]:
    """What the refusals of a module say."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name.endswith("Error") or name in {"refuse", "Fault"}:
                yield from node.args


def unmarked(sentence: ast.AST) -> bool:
    """Whether it says something Chinese that no catalogue would know."""
    if isinstance(sentence, ast.Call) and getattr(sentence.func, "id", "") in MARKS:
        return False
    if isinstance(sentence, ast.Constant):
        return isinstance(sentence.value, str) and len(HAN.findall(sentence.value)) > 0
    return any(unmarked(part) for part in ast.iter_child_nodes(sentence))


def test_what_the_site_refuses_can_be_said_in_english(root: Path) -> None:
    site = root / "src/taizhang/web"
    found = [
        f"{path.relative_to(site)}:{sentence.lineno}"
        for path in sorted(site.rglob("*.py"))
        if not AT_THE_CONSOLE & set(path.parts)
        for sentence in sentences(ast.parse(path.read_text(encoding="utf-8")))
        if unmarked(sentence)
    ]
    assert found == []


def test_a_sentence_that_is_not_marked_is_found() -> None:
    tree = ast.parse(
        "raise RefusedError(f'“{row}”已锁定。')\nraise RefusedError(_('“%(row)s”已锁定。') % {'row': row})"
    )
    assert [unmarked(sentence) for sentence in sentences(tree)] == [True, False]
