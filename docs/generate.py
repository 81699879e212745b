"""Write docs/reference from what the program says of itself: `--help`, docstrings of rules, kinds of record."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from taizhang.checks.present.rules import explained
from taizhang.checks.registry import FAMILIES, Rule, rules
from taizhang.cli import main as program
from taizhang.connect.examples import names
from taizhang.connect.systems import Server, systems
from taizhang.records import manual, shelf
from taizhang.web.variables import VARIABLES

REFERENCE = Path(__file__).resolve().parent / "reference"
MARK = "<!-- 由 make docs 生成，请勿手改 -->"
WIDTH = 90
# What the pages that serve a system are called on the site.
PAGES = {
    "points": "任务点", "indicators": "指标", "indicator": "指标", "entries": "填报项", "programme": "建设方案", "units": "单位",
    "rounds": "填报轮次", "judging": "评审", "evidence": "佐证材料", "reports": "报告检查", "built-reports": "编写报告",
    "dashboards": "总览", "figure": "指标数值", "warnings": "预警", "diagnoses": "诊改", "desk": "工作台",
    "benchmarks": "外部对标", "landmarks": "标志性成果", "funds": "资金", "records": "业务记录",
}  # fmt: skip
SYSTEMS = (
    "各类报告里提到的二百个系统、平台与机制，台账这样承接：**网站的页面**直接办；**记录类型**登记一条，凡要用的报告都从它取；"
    "**取数接口**从学校已有的系统取合计数或记录，先看差异再写入（见[从别的系统取数](../guide/connectors.md)，示例在“新设接口”里选）。"
)
STATUS = {"preview": "试行", "stable": "正式", "deprecated": "将停用", "retired": "已停用"}


def commands(command: click.Command, parents: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each command with its help, in the order in which the program lists them."""
    name = " ".join(parents)
    context = command.context_class(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from commands(found, (*parents, child))


def cli_page() -> str:
    """All commands and options."""
    parts = [MARK, "", "# 命令参考", "", "退出码见[使用指南](../guide/exit-codes.md)，JSON 见 [JSON 的写法](json.md)。"]
    for name, text in commands(program, ("taizhang",)):
        parts += ["", f"## {name}", "", "```text", *(line.rstrip() for line in text.splitlines()), "```"]
    return "\n".join(parts) + "\n"


def environment_page() -> str:
    """Every variable that an installation of the site speaks through."""
    rows = [f"| `{v.name}` | {f'`{v.default}`' if v.default else '（空）'} | {v.meaning} |" for v in VARIABLES]
    parts = [
        MARK,
        "",
        "# 环境变量",
        "",
        "只有网站读这些变量；检查报告用不到。",
        "",
        "| 变量 | 默认 | 作用 |",
        "| --- | --- | --- |",
    ]
    return "\n".join([*parts, *rows]) + "\n"


def title(rule: Rule) -> str:
    """The first line of the explanation, as a heading."""
    return rule.title.rstrip("。")


def rule_page(rule: Rule) -> str:
    """One rule: its standing, and its docstring with its limits."""
    _, _, explanation = explained(rule).partition("\n")
    facts = f"{FAMILIES[rule.family]} · {rule.severity.chinese} · `{rule.kind.value}` · 自 {rule.since} 起 · {STATUS[rule.status]}"
    return "\n".join([MARK, "", f"# {rule.code} {title(rule)}", "", facts, "", explanation.strip(), ""])


def index_page(known: dict[str, Rule]) -> str:
    """All rules by family."""
    parts = [MARK, "", "# 规则目录", "", "用 `taizhang rule 代号` 在命令行里看同样的说明。"]
    for family, meaning in FAMILIES.items():
        members = [rule for rule in known.values() if rule.family == family]
        if members:
            parts += [
                "",
                f"## {family} {meaning}",
                "",
                "| 代号 | 查什么 | 轻重 | 起始版本 |",
                "| --- | --- | --- | --- |",
            ]
            parts += [f"| [{r.code}]({r.code}.md) | {title(r)} | {r.severity.chinese} | {r.since} |" for r in members]
    return "\n".join(parts) + "\n"


def systems_page() -> str:
    """The systems that reports tell of, and by what of ours each is served."""
    parts = [MARK, "", "# 报告里的系统，由什么承接", "", SYSTEMS]
    chapter = ""
    for system in systems():
        if system.chapter != chapter:
            chapter = system.chapter
            parts += [
                "",
                f"## {chapter}",
                "",
                "| 编号 | 系统、平台或机制 | 由什么承接 | 怎么做 |",
                "| --- | --- | --- | --- |",
            ]
        by = "、".join(served(server, name) for server, name in system.by)
        parts.append(f"| {system.number} | {system.name} | {by} | {system.how} |")
    return "\n".join(parts) + "\n"


def served(server: Server, name: str) -> str:
    """What serves a system, in words."""
    if server is Server.KIND:
        return f"记录类型[{shelf()[name].name}](kinds/{name}.md)"
    if server is Server.CONNECTOR:
        return f"取数接口“{dict(names())[name]}”"
    return f"网站的“{PAGES[name]}”"


def pages() -> dict[Path, str]:
    """Every generated page, by its path under docs/reference."""
    known = rules()
    found = {
        Path("cli.md"): cli_page(),
        Path("environment.md"): environment_page(),
        Path("rules/README.md"): index_page(known),
    }
    found |= {Path("kinds") / f"{key}.md": f"{MARK}\n\n{manual.page(kind)}" for key, kind in shelf().items()}
    found[Path("kinds/README.md")] = f"{MARK}\n\n{manual.index(shelf())}"
    found[Path("systems.md")] = systems_page()
    return found | {Path("rules") / f"{code}.md": rule_page(rule) for code, rule in known.items()}


def main() -> int:
    """Write the pages and remove those of rules and kinds that are gone; with --check only say what would change."""
    wanted = pages()
    kept = {file.relative_to(REFERENCE) for folder in ("rules", "kinds") for file in REFERENCE.glob(f"{folder}/*.md")}
    stale = [
        path
        for path, text in wanted.items()
        if not (REFERENCE / path).exists() or (REFERENCE / path).read_text(encoding="utf-8") != text
    ]
    gone = sorted(kept - set(wanted))
    if "--check" in sys.argv[1:]:
        for path in [*stale, *gone]:
            print(f"docs/reference/{path.as_posix()} is not what the program says: run `make docs` and commit")
        return 1 if stale or gone else 0
    for path in stale:
        (REFERENCE / path).parent.mkdir(parents=True, exist_ok=True)
        (REFERENCE / path).write_text(wanted[path], encoding="utf-8", newline="\n")
    for path in gone:
        (REFERENCE / path).unlink()
    print(f"docs/reference: {len(stale)} written, {len(gone)} removed, {len(wanted) - len(stale)} unchanged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
