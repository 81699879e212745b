"""When a connector is due: by day, week or month, from an hour on; never twice for the same one."""

from datetime import datetime

from taizhang.connect.declaration import Connector, Every


def is_due(connector: Connector, last: datetime | None, now: datetime) -> bool:
    """Whether rows are to be fetched now. `last` is when they were fetched last; both in the site's time zone.

    A fetch that was missed (the machine was off) is due as soon as someone asks again.
    """
    if connector.every is Every.HAND or now.hour < connector.hour:
        return False
    return last is None or _span(connector.every, last) < _span(connector.every, now)


def _span(every: Every, moment: datetime) -> tuple[int, ...]:
    """The day, week or month that a moment lies in."""
    if every is Every.DAY:
        return (moment.date().toordinal(),)
    if every is Every.WEEK:
        return tuple(moment.isocalendar())[:2]
    return (moment.year, moment.month)
