"""What a renewal did, in words for the person who asked for it."""

from collections.abc import Iterator

from taizhang.reports.word.renewal import Renewal, Renewed, Upshot

_SHOWN = 30  # characters of a text
_HEADS = {
    Upshot.RENEWED: "更新",
    Upshot.OVERWRITTEN: "手改过的，已按台账改回",
    Upshot.EDITED: "手改过的，没有动（要按台账改回，加 --overwrite）",
    Upshot.UNKNOWN: "文件里没有原文记录，不知道是否手改过，没有动（要按台账改，加 --overwrite）",
    Upshot.GONE: "台账里已经没有，没有动",
    Upshot.CLOSED: "内容控件里放不下文字，没有动，请在 Word 里删掉重做",
}


def account(renewal: Renewal, file: str) -> str:
    """One line that sums up, then each figure under what became of it; one that stands in several places once."""
    counts = {fate: sum(each.fate is fate for each in renewal.told) for fate in Upshot}
    left = sum(counts.values()) - counts[Upshot.RENEWED] - counts[Upshot.OVERWRITTEN]
    if not renewal.seen:
        return f"{file}：没有绑定台账的数。只有台账写出或填好的 Word 报告才能刷新；用学校模板填的报告，LibreOffice 7.4 另存时会丢掉绑定。"
    summed = f"{file}：绑定的数 {len(renewal.seen)} 处，更新 {renewal.changed} 处"
    summed += f"，要您决定 {left} 处。" if left else "。"
    return "\n".join([summed, *_lines(renewal)])


def _lines(renewal: Renewal) -> Iterator[str]:
    for fate in Upshot:
        told: dict[Renewed, int] = {}
        for each in renewal.told:
            if each.fate is fate:
                told[each] = told.get(each, 0) + 1
        if told:
            yield f"{_HEADS[fate]}："
        for each, count in told.items():
            places = f"（{count} 处）" if count > 1 else ""
            yield f"  {each.name}  {_change(each)}{places}  [{each.key}]"


def _change(each: Renewed) -> str:
    before = f"“{_short(each.before)}”" if each.before else "（空）"
    if each.fate is Upshot.GONE:
        return before
    ledger = f"“{_short(each.after)}”" if each.after else "（空）"
    if each.fate in {Upshot.EDITED, Upshot.UNKNOWN, Upshot.CLOSED}:
        return f"报告 {before}，台账 {ledger}"
    return f"{before} → {ledger}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}……"
