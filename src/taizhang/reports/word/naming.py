"""Which figure a template means: by address, or by the name that people call it, in any spacing."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from taizhang.reports.forms import NAMES
from taizhang.reports.outline import Figure
from taizhang.reports.register import Register

_KINDS = ("绩效指标", "任务点", "指标")  # words that a name may begin with or not


@dataclass(frozen=True, slots=True)
class Unfound:
    """Why no figure is meant, in words."""

    why: str


class Names:
    """Finds the figures of a register as templates call them."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._known: dict[str, dict[str, Figure]] = {}
        for figure in register.figures.values():
            # A figure in another form has the name of the one that it was made of.
            for name in (figure.key, "" if figure.form else _plain(figure.name)):
                if name:
                    self._known.setdefault(name, {})[figure.key] = figure

    def __call__(self, words: str) -> Figure | Unfound:
        """The figure that `指标 1.2.2.6 实现值` or `… | 两位小数` means."""
        name, bar, form = (part.strip() for part in words.replace("｜", "|").partition("|"))
        found = self._known.get(words.strip()) or self._known.get(name) or self._known.get(_plain(name), {})
        if not found:
            near = get_close_matches(_plain(name), list(self._known), 1, 0.6)
            hint = next((f"，是不是“{each.name or each.key}”" for each in self._of(near)), "")
            return Unfound(f"台账里没有{hint}")
        if len({each.text for each in found.values()}) > 1:
            return Unfound(f"有 {len(found)} 个数叫这个名字，请改写地址：{'、'.join(sorted(found)[:3])}")
        figure = next(iter(found.values()))
        if not bar or figure.key == words.strip():
            return figure
        made = self._register.figure(f"{figure.address}|{form}")
        return made or Unfound(f"“{figure.text}”不能写成“{form}”，可用的写法：{'、'.join(NAMES)}")

    def _of(self, names: list[str]) -> Iterator[Figure]:
        return (figure for name in names for figure in self._known[name].values())


def _plain(name: str) -> str:
    """A name without blanks, signs of width and the word for its kind."""
    bare = "".join(unicodedata.normalize("NFKC", name).split())
    kind = next((each for each in _KINDS if bare.startswith(each)), "")
    return bare.removeprefix(kind) or bare
