"""At which step short of the plan a completion stops."""

import re
from dataclasses import dataclass

from taizhang.checks.rules._clauses import Clause
from taizhang.checks.rules._promise import Pair, Promise, edges, intangible, short
from taizhang.core.finding import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
# What was planned, and how grave it is to stop at each step.
_STEPS = {
    "建成": {"筹划": _E, "申报": _E, "立项": _E, "在建": _W},
    "建设": {"筹划": _W, "申报": _E, "立项": _W, "在建": _W},
    "取得": {"筹划": _E, "申报": _E},
    "立项": {"筹划": _E, "申报": _E},
    "在建": {"筹划": _W, "申报": _W},
}
# The same where all that is told is a document.
_PAPERS = {
    "建成": {"设想": _E, "方案": _E, "制度": _W, "函件": _W},
    "建设": {"设想": _E, "方案": _W, "制度": _I, "函件": _I},
    "取得": {"设想": _E},
    "立项": {"设想": _E, "方案": _W, "函件": _I},
    "在建": {"设想": _I},
}

_TITLES = re.compile("《[^《》]*》|“[^“”]*”")
_BEGUN_IN = re.compile(r"\d\s*[月日]底?(?:[上中下]旬)?(?:正式|全面)?(?:启动|开工|立项|动工)")
_UNDER_WAY = re.compile("正在|在建|建设中|筹建|施工")
_BEYOND_PAPER = re.compile("建成|建立|成立|挂牌|投入|运行|上线|开展|举办|实施|推进|取得[^，。；]{0,10}(?:合格|许可)")


@dataclass(frozen=True, slots=True)
class Stop:
    """The step that a completion stops at, how grave that is, and the words that say so."""

    clause: Clause
    step: str
    severity: Severity
    start: int
    end: int


def stop(promise: Promise, pair: Pair) -> Stop | None:
    """Where the completion stops short of one planned thing; None where it does not, or does not speak of it."""
    plan = pair.plan
    if (
        plan.wanted not in _STEPS
        or plan.drafting
        or plan.paper
        or promise.words.pattern("adverbial").match(short(plan.text))
    ):
        return None
    clauses = _about(promise, pair)
    steps = _STEPS[plan.wanted]
    if not clauses or any(clause.low not in steps and not _only_paper(clause) for clause in clauses):
        return None
    for clause in clauses:
        if clause.low in steps and not clause.paper and clause.low is not None:
            if (clause.low == "申报" or _BEGUN_IN.search(clause.text)) and _came_of_it(promise, clause):
                return None
            severity = _graded(promise, plan, clause, steps[clause.low])
            place = clause.low_word or edges(promise.point.done.text, clause.start, clause.end)
            return Stop(clause, clause.low, severity, *place) if severity else None
    clause = clauses[-1]
    severity = _of_paper(promise, pair, clause.paper or "")
    return (
        Stop(clause, "文件", severity, *edges(promise.point.done.text, clause.start, clause.end)) if severity else None
    )


def _came_of_it(promise: Promise, applied: Clause) -> bool:
    """Whether the next words, which name no thing of their own, tell what came of it (“推荐 2 个，1 个通过认定”)."""
    following = next((clause for clause in promise.done if clause.start >= applied.end), None)
    if following is None or following.things or following.low:
        return False
    return any(promise.words.pattern(name).search(following.text) for name in ("high", "granted"))


def _only_paper(clause: Clause) -> bool:
    """Whether a clause tells of a document and of nothing else."""
    return bool(clause.paper) and (clause.paper == "函件" or not _BEYOND_PAPER.search(_TITLES.sub("", clause.text)))


def _about(promise: Promise, pair: Pair) -> list[Clause]:
    """The clauses that tell of the planned thing: all, where each side says one thing only."""
    falls_short, wanted = promise.words.levels.falls_short, pair.plan.levels
    if len(promise.plan) == 1 and len(promise.done) <= 1:
        return list(promise.done)
    told = [
        c for c in pair.told if not (wanted and c.levels and all(falls_short(level, wanted[0]) for level in c.levels))
    ]
    if not told and len(promise.plan) == 1 and all(clause.paper or clause.low for clause in promise.done):
        return list(promise.done)
    return told


def _graded(promise: Promise, plan: Clause, clause: Clause, severity: Severity) -> Severity | None:
    """How grave a step is; a project of the province is had by approval, a mechanism is never quite finished."""
    ranked = any(levels and levels[0] != "校级" for levels in (plan.levels, clause.levels))
    if clause.low == "立项" and plan.wanted == "建设":
        return severity if plan.thing is not None and not ranked else None
    if clause.low == "立项" and ranked:
        return Severity.WARNING
    if clause.low == "在建" and plan.wanted == "建设":
        return severity if "已" in clause.text[: clause.text.find("建设") + 1] and plan.thing is not None else None
    if clause.low == "在建" and plan.wanted == "建成" and _UNDER_WAY.search(clause.text) and plan.thing is not None:
        return Severity.ERROR
    if clause.low == "在建" and plan.thing is None and intangible(promise, plan):
        return Severity.INFO
    return severity


def _of_paper(promise: Promise, pair: Pair, kind: str) -> Severity | None:
    """How grave it is to tell of a document where a thing was planned."""
    plan, wanted = pair.plan, pair.plan.wanted or ""
    if kind == "函件" and plan.thing and not pair.has_thing:
        return Severity.ERROR if wanted in {"建设", "建成", "立项"} else Severity.WARNING
    if plan.thing is None and promise.words.pattern("intangible").search(plan.text):
        if kind == "制度" or any(clause.drafting for clause in promise.done):
            return None
        return (
            Severity.WARNING if kind in {"方案", "设想"} and wanted == "建设" and "体系" in plan.text else Severity.INFO
        )
    return _PAPERS.get(wanted, {}).get(kind)
