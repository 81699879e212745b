"""Exemptions 豁免: findings that someone answers for, with a reason and a last day; read from a file and applied."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from taizhang.core.errors import ExemptionError, reason
from taizhang.core.finding import Finding
from taizhang.core.source import Source
from taizhang.located import malformed

FILE = "台账豁免.yaml"  # found by itself beside a report
_KEYS = {
    "规则": "code", "code": "code", "rule": "code", "文件": "file", "file": "file", "表": "table", "table": "table",
    "行": "row", "row": "row", "原文": "text", "text": "text", "指纹": "fingerprint", "fingerprint": "fingerprint",
    "批准人": "by", "by": "by", "who": "by", "原因": "reason", "reason": "reason", "why": "reason",
    "有效期至": "until", "until": "until",
}  # fmt: skip
_WRITTEN = "、".join(key for key in _KEYS if not key.isascii())
_NEEDED = {"by": "批准人", "reason": "原因", "until": "有效期至"}
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_DATE = re.compile(r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """One entry: the finding it names, who allowed it, why, and the last day. `source` is where the entry begins.

    What is None is not asked of a finding; `last` is where the last day is written.
    """

    by: str
    reason: str
    until: date
    source: Source
    last: Source
    code: str | None = None
    file: str | None = None
    table: str | None = None
    row: str | None = None
    text: str | None = None
    fingerprint: str | None = None

    @property
    def name(self) -> str:
        """The finding it names, in words."""
        table = f"表 {self.table}" if self.table and self.table[:1].isdigit() else self.table
        named = (self.code, self.file, table, self.row, f"“{self.text}”" if self.text else None)
        return " ".join(part for part in named if part) or f"指纹 {self.fingerprint}"

    def fits(self, finding: Finding) -> bool:
        """Whether it names this finding."""
        if self.fingerprint is not None and self.fingerprint != finding.fingerprint:
            return False
        return all(
            wanted is None or _plain(wanted) == _plain(given or "")
            for wanted, given in (
                (self.code, finding.code), (self.file, finding.source.file), (_table(self.table), finding.table),
                (self.row, finding.row), (self.text, finding.text),
            )
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exempted:
    """A finding that is not told, and the exemption that allows it."""

    finding: Finding
    exemption: Exemption


@dataclass(frozen=True, slots=True)
class Ruling:
    """What exemptions made of findings: those still told, those allowed, and the exemptions that did nothing."""

    shown: tuple[Finding, ...] = ()
    exempted: tuple[Exempted, ...] = ()
    expired: tuple[Exemption, ...] = ()
    unused: tuple[Exemption, ...] = ()


def ruling(
    findings: Sequence[Finding],
    exemptions: Iterable[Exemption],
    as_of: date,
    *,
    codes: Collection[str] | None = None,
    files: Collection[str] | None = None,
) -> Ruling:
    """Apply exemptions to findings on a day.

    An exemption is called unused only where it could have been used: its rule is among `codes` and its file among
    `files` (None: all of them). It holds through its last day.
    """
    entries = list(exemptions)
    valid = [each for each in entries if as_of <= each.until]
    shown: list[Finding] = []
    exempted: list[Exempted] = []
    for finding in findings:
        found = next((each for each in valid if each.fits(finding)), None)
        if found is None:
            shown.append(finding)
        else:
            exempted.append(Exempted(finding, found))
    used = {id(each) for each in valid if any(each.fits(allowed.finding) for allowed in exempted)}
    return Ruling(
        shown=tuple(shown),
        exempted=tuple(exempted),
        expired=tuple(each for each in entries if each.until < as_of),
        unused=tuple(each for each in valid if id(each) not in used and _was_due(each, codes, files)),
    )


def _was_due(exemption: Exemption, codes: Collection[str] | None, files: Collection[str] | None) -> bool:
    in_codes = codes is None or exemption.code in codes
    return in_codes and (files is None or exemption.file is None or exemption.file in files)


def beside(reports: Iterable[Path]) -> list[Path]:
    """The exemption files in the folders of these reports."""
    folders = dict.fromkeys(path.parent for path in reports)
    return [folder / FILE for folder in folders if (folder / FILE).is_file()]


def load(path: Path, codes: Collection[str] | None = None) -> tuple[Exemption, ...]:
    """The exemptions of a file; ExemptionError says in one sentence which entry lacks what.

    With `codes` a rule that is not among them is refused: it would neither fit a finding nor ever be told as unused.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise ExemptionError(f"豁免文件 {path.name} 打不开：{reason(error)}。请检查文件名和读取权限。") from error
    except UnicodeDecodeError as error:
        raise ExemptionError(f"豁免文件 {path.name} 不是 UTF-8 编码，请另存为 UTF-8。") from error
    except yaml.YAMLError as error:
        raise ExemptionError(f"豁免文件 {path.name} {malformed(error)}") from error
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        raise ExemptionError(f"豁免文件 {path.name} 的最外层应是列表：每一条以“- ”开头。")
    entries = tuple(_entry(path.name, node) for node in root.value)
    for each in entries:
        if codes is not None and each.code is not None and each.code not in codes:
            raise ExemptionError(
                f"豁免文件 {path.name} 第 {each.source.line} 行：没有规则 {each.code}；用 taizhang rule 可以看到全部规则代码。"
            )
    return entries


def _entry(file: str, node: yaml.Node) -> Exemption:
    line = node.start_mark.line + 1
    where = f"豁免文件 {file} 第 {line} 行的一条"
    if not isinstance(node, yaml.MappingNode):
        raise ExemptionError(f"{where}应写成“键: 值”，如“规则: TGT001”。")
    given: dict[str, str] = {}
    places: dict[str, Source] = {}
    for key, value in node.value:
        name = _KEYS.get(str(key.value))
        if name is None or not isinstance(value, yaml.ScalarNode):
            raise ExemptionError(f"{where}有认不出的键“{key.value}”；可以写的有：{_WRITTEN}。")
        if value.value.strip():
            # Kept as written: 表: 2.10 is no number, and 有效期至 no date before it is read as one.
            given[name] = value.value.strip()
            places[name] = _place(file, value)
    missing = [chinese for name, chinese in _NEEDED.items() if name not in given]
    if missing:
        raise ExemptionError(f"{where}没有写“{'”“'.join(missing)}”：豁免要写明谁批准、为什么、到哪一天。")
    if "fingerprint" not in given and not ("code" in given and given.keys() & {"table", "row", "text"}):
        raise ExemptionError(f"{where}没有说清是哪个问题：要写“规则”并写“表”“行”“原文”中的至少一项，或者写“指纹”。")
    if "code" in given and not _CODE.fullmatch(given["code"].upper()):
        raise ExemptionError(f"{where}的规则“{given['code']}”不是规则代码，如 TGT001。")
    until = _day(given.pop("until"))
    if until is None:
        raise ExemptionError(f"{where}的“有效期至”不是日期，应写成 2026-12-31 的样子。")
    if "code" in given:
        given["code"] = given["code"].upper()
    first = places.get("code") or places["fingerprint"]
    return Exemption(until=until, source=first, last=places["until"], **given)


def _place(file: str, node: yaml.ScalarNode) -> Source:
    quoted = 1 if node.style in {'"', "'"} else 0
    start = node.start_mark.column + quoted
    return Source(file, line=node.start_mark.line + 1, start=start, end=start + len(node.value))


def _day(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _table(name: str | None) -> str | None:
    """The table's number without the word 表, as findings name it."""
    return re.sub(r"^\s*表\s*(?=\d)", "", name) if name is not None else None


def _plain(text: str) -> str:
    return "".join(text.split())
