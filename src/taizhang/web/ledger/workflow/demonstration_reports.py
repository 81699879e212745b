"""A mid-term report that the invented college has had written, and what is said of it."""

from collections.abc import Mapping

from taizhang.web.ledger.models import Person, Round
from taizhang.web.ledger.workflow import building

_WHY = "审后更正的名称已与批文核对，双高办口头确认"


def plant(round_: Round, people: Mapping[str, Person]) -> None:
    """Ordered by the office though a change is unseen, circulated among the leads, remarked on by one of them."""
    office = people["shuanggao"]
    row = building.order(office, round_.period, "selfevaluation", "中期自评报告（征求意见稿）", _WHY)
    building.build.call(row.pk)  # at once, for a worker comes only with the site
    row.refresh_from_db()
    row = building.move(office, row, "circulate")
    building.remark(people["jiaowu-fuze"], row, "“校企双元育人才”一段的订单班个数请再与教务处核对一次。")
