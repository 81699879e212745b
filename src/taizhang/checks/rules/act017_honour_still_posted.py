"""ACT017: the text reports an honour as won and says in the same breath that it is still being posted."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, rule

_WON = r"(?:获批|获评|荣获|获得|获|入选|认定为|被评为|评为|立项为?|授予)"
_OPEN = r"(?:公示中|正在公示|公示期内?|公示阶段|公示尚未结束|公示期未满|待发文|尚未发文|待公布|待批复|待授牌)"
_OPEN_WORDS = ("公示", "发文", "待公布", "待批复", "待授牌")  # one of them stands in each of these
_POSTED = re.compile(
    rf"(?<![拟将可])(?<!有望)(?<!预计){_WON}[^，。；：（()\n]{{2,40}}"
    rf"[（(，,]\s*(?:目前|现|已|尚)?{_OPEN}[^，。；）)]{{0,6}}[)）]?"
)
_ENDED = re.compile(r"公示(?:期?已?满|已?结束|无异议)|拟|有望|预计")


@rule("ACT017", kind="plan_actual_mismatch", severity="warning", since="0.5")
def honour_still_posted(context: Context) -> Iterator[Problem]:
    """写“获评”“入选”，同一句又说还在公示、没有发文。

    ## 为什么
    公示期满没有异议、文件印发以后才算获评；提前写进成果，公示有变就成了虚报。

    ## 不合格
    学校获评省级东西部协作先进集体（公示中），另有 3 人受到表彰。

    ## 合格
    学校被推荐为省级东西部协作先进集体，名单正在公示；获评市级先进集体 1 次（公示已结束）。

    ## 例外
    说明公示已满、已结束，或者说的是“拟”“有望”的，不报。任务表里的由 ACT015 判断。

    ## 依据
    本工具的状态次序：申报 < 立项 < 在建 < 建成 < 验收；公示不是认定。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            is_open = any(word in paragraph.text for word in _OPEN_WORDS)
            for match in _POSTED.finditer(paragraph.text) if is_open else ():
                if not _ENDED.search(match[0]):
                    yield at_text(
                        paragraph,
                        *match.span(),
                        "还在公示或没有发文，不能写成已经获得",
                        expected="公示期满、正式发文以后再计",
                    )
