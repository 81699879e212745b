"""Which indicators count whole things, of which there can be no half."""

from taizhang.intake.plans import Indicator
from taizhang.profiles import Profile

_WHOLE = {"件", "人", "次", "人次", "户次", "名次"}


def counts_whole_things(indicator: Indicator, profile: Profile) -> bool:
    """Whether the unit counts whole things (项, 个, 人) and the name tells no average, ratio or share."""
    unit = (indicator.unit or "").partition("/")[0]
    if (
        not unit
        or unit.startswith(("万", "亿", "千"))
        or any(word in indicator.name for word in ("平均", "人均", "生均", "比", "率", "每"))
    ):
        return False
    measure = profile.catalogue.measure(unit)
    return measure is not None and measure.dimension in _WHOLE and measure.scale == 1
