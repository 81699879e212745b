"""编号 of evidence by the house convention: task, sub-task, year, item, sequence, in the pattern of the profile."""

import re

from django.utils.translation import gettext as _

from taizhang import profiles
from taizhang.core.errors import ProfileError
from taizhang.web.ledger.models import Entry, Evidence

_PLACE = re.compile(r"\{(task|subtask|year|item|sequence)(?::0(\d))?\}")


def number_for(entry: Entry) -> str:
    """The next free number for evidence of this item."""
    programme = entry.round.programme
    pattern = _pattern(programme.profile)
    before, after = (_filled(part, entry) for part in _around_sequence(pattern))
    taken = Evidence.objects.filter(college_id=programme.college_id, number__startswith=before).values_list(
        "number", flat=True
    )
    used = (number.removeprefix(before).removesuffix(after) for number in taken)
    following = max((int(each) for each in used if each.isascii() and each.isdigit()), default=0) + 1
    width = int(next(match[2] or 1 for match in _PLACE.finditer(pattern) if match[1] == "sequence"))
    return f"{before}{following:0{width}}{after}"


def _pattern(profile: str) -> str:
    pattern = str(profiles.load(profile).sections["evidence"]["number"])
    if sum(match[1] == "sequence" for match in _PLACE.finditer(pattern)) != 1:
        raise ProfileError(_("口径配置 %(profile)s 的 evidence.number 里要有一个 {sequence}。") % {"profile": profile})
    return pattern


def _around_sequence(pattern: str) -> tuple[str, str]:
    match = next(match for match in _PLACE.finditer(pattern) if match[1] == "sequence")
    return pattern[: match.start()], pattern[match.end() :]


def _filled(pattern: str, entry: Entry) -> str:
    values = _values(entry)

    def value(match: re.Match[str]) -> str:
        return values[match[1]].zfill(int(match[2] or 0))

    return _PLACE.sub(value, pattern)


def _values(entry: Entry) -> dict[str, str]:
    """The parts of a number. A task without a sub-task has the sub-task 0; an indicator is its own item."""
    if entry.point is not None:
        code, year, item = entry.point.task.code, entry.point.year, str(entry.point.ordinal)
    elif entry.indicator is not None:
        task = entry.indicator.task
        code, year, item = task.code if task else "0", entry.round.period.last_year, entry.indicator.code
    else:
        raise ValueError("an entry is of a point or of an indicator")
    task_code, *rest = re.split(r"[-－—.]", code, maxsplit=1)
    return {"task": task_code, "subtask": rest[0] if rest else "0", "year": str(year), "item": item}
