"""ACT020: a sentence tells what was planned, an earlier step of it as what was done, and calls it fulfilled."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, at_text, rule

_CLAIM = re.compile(
    r"(?:完成率|完成度|完成程度)(?:均?为|达到?)?\s*100(?:\.0+)?\s*[%％]|(?:视为|视同|算作|计为|按)(?:已)?完成(?:计|统计)?"
)
_PLAN = re.compile(
    r"(?:计划|任务书|目标|应当?|要求)[^。；;，,]{0,10}?(?P<verb>建成|投入使用|投用|获得|获批|获评|认定|通过验收|发布|出版)"
)
_NOW = re.compile(r"[，,；;]\s*(?:但|而)?(?:目前|现|实际|截至[^，。；]{2,12}[，,]?|年末)")
_STEPS = {
    "built": re.compile("立项|选址|申报|招标|论证|设计|编制方案|启动|调研|在建"),
    "had": re.compile("申报|推荐|报送|已报|上报|提交|公示|培育"),
}
_BUILT = {"建成", "投入使用", "投用", "通过验收", "发布", "出版"}
_REACHED = re.compile("建成|投入使用|投用|获批|获评|获得|认定|通过验收|验收合格|发布|出版|获奖")


@rule("ACT020", kind="plan_actual_mismatch", severity="error", since="0.8")
def short_step_called_done(context: Context) -> Iterator[Problem]:
    """正文里计划建成、获得的，只做到立项、申报，却说视为完成、完成率 100%。

    ## 为什么
    计划、进展和结论写在一句话里：做到前一步就算完成，是专家最常抓到的虚报。

    ## 不合格
    学院按计划应当建成综合实训平台 1 个，目前已完成立项和选址，该项任务完成率 100%。

    ## 合格
    学院按计划应当建成综合实训平台 1 个，目前已完成立项和选址，完成率 40%；计划申报课题 2 项，实际申报 3 项，完成率 100%。

    ## 例外
    后文另写已经建成、获批的，计划本来就是申报、立项的，不报；没有说完成的，不判断。

    ## 依据
    教职成〔2020〕8号；本工具的状态次序：申报 < 立项 < 在建 < 建成 < 验收。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            for short in short_steps(paragraph.text):
                yield at_text(
                    paragraph, short.start, short.end,
                    f"计划的是“{short.planned}”，实际只到“{short.step}”，不能说“{short.claim}”",
                    expected=f"{short.planned}以后才算完成",
                )  # fmt: skip


class ShortStep(NamedTuple):
    """What a sentence says was planned, the step it tells, and the words that call it fulfilled."""

    planned: str
    step: str
    claim: str
    start: int
    end: int


def short_steps(text: str) -> Iterator[ShortStep]:
    """The sentences of a text that tell an earlier step of a plan and call it fulfilled."""
    for claim in _CLAIM.finditer(text) if "完成" in text else ():
        begin = max(text.rfind(stop, 0, claim.start()) for stop in "。；;！？\n") + 1
        plan = _PLAN.search(text, begin, claim.start())
        now = _NOW.search(text, plan.end(), claim.start()) if plan is not None else None
        if plan is None or now is None:
            continue
        told = text[now.end() : claim.start()]
        step = _STEPS["built" if plan["verb"] in _BUILT else "had"].search(told)
        if step is not None and not _REACHED.search(told):
            yield ShortStep(plan["verb"], step[0], claim[0], now.start() + 1, claim.end())
