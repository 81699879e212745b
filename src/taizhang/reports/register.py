"""Register: the figures of a snapshot by their addresses, as a file of ours can hold them; what a refresh goes by."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taizhang.core.errors import UsageError, reason
from taizhang.reports.forms import formed
from taizhang.reports.outline import Figure, Outline, figures

_WHAT = "taizhang-figures"
_MOST_BYTES = 64 * 1024 * 1024  # a college has some 10,000 figures in 2 MiB
Row = Mapping[str, str | Figure]


@dataclass(frozen=True, slots=True)
class Register:
    """The figures of one snapshot. `rows` are lists that a template may repeat a row for, by name and column."""

    snapshot: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, snapshot: str, known: Iterable[Figure], rows: Mapping[str, Iterable[Row]] | None = None) -> "Register":
        """A register of these figures; those of the rows are in it too, as `known` has them where it does."""
        lists = {name: tuple(each) for name, each in (rows or {}).items()}
        inside = (part for each in lists.values() for row in each for part in row.values() if isinstance(part, Figure))
        found = {figure.key: figure for figure in (*inside, *known)}
        # Where a report prints a sign for what is empty, a list prints it too.
        same = {
            name: tuple(
                {column: part if isinstance(part, str) else found[part.key] for column, part in row.items()}
                for row in each
            )
            for name, each in lists.items()
        }
        return cls(snapshot, found, same)

    @classmethod
    def of_outline(cls, outline: Outline) -> "Register":
        """The figures that a report prints."""
        return cls.of(outline.snapshot, figures(outline))

    def figure(self, key: str) -> Figure | None:
        """The figure of a key: as it is kept, or brought into the form that the key asks for; None where there is none."""
        found = self.figures.get(key)
        address, _, form = key.partition("|")
        if found is None and form and address in self.figures:
            return formed(self.figures[address], form)
        return found

    def written(self) -> str:
        """As JSON, the same for the same figures."""
        told = {
            "taizhang": _WHAT,
            "snapshot": self.snapshot,
            "figures": [_told(each) for _, each in sorted(self.figures.items())],
            "rows": {
                name: [{column: _part(each) for column, each in row.items()} for row in rows]
                for name, rows in self.rows.items()
            },
        }
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def text_of(path: Path) -> str:
    """The text of a file of data; UsageError with one sentence where it cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UsageError(f"{path.name} 太大，不像台账的数据文件，没有打开。")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"读不了 {path}：{reason(error)}。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} 不是台账的数据文件（应为 UTF-8 编码的 JSON）。") from error


def loads(text: str, name: str) -> Register:
    """The register that a text is; `name` is for the message."""
    wrong = UsageError(f"{name} 不是台账的数据文件，请在台账网站的报告页下载，或重新导出。")
    try:
        told = json.loads(text)
        if not isinstance(told, dict) or told.get("taizhang") != _WHAT:
            raise wrong
        return _register(told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise wrong from error


def _told(figure: Figure) -> dict[str, str]:
    told = {"address": figure.address, "form": figure.form, "name": figure.name, "text": figure.text}
    return {key: worth for key, worth in told.items() if worth or key == "text"}


def _register(told: dict[str, Any]) -> Register:
    known = [
        Figure(each["address"], _text(each["text"]), each.get("name", ""), each.get("form", ""))
        for each in told["figures"]
    ]
    by_key = {figure.key: figure for figure in known}
    rows = {
        name: tuple({column: _whole(each, by_key) for column, each in row.items()} for row in lines)
        for name, lines in told.get("rows", {}).items()
    }
    return Register(told.get("snapshot", ""), by_key, rows)


def _part(part: str | Figure) -> str | dict[str, str]:
    return part if isinstance(part, str) else {"figure": part.key}


def _whole(part: Any, by_key: Mapping[str, Figure]) -> str | Figure:  # noqa: ANN401 - whatever stands in the file
    return by_key[part["figure"]] if isinstance(part, dict) else _text(part)


def _text(worth: object) -> str:
    if not isinstance(worth, str):
        raise TypeError("a text")
    return worth
