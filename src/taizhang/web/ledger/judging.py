"""Rules at entry: the checker's rules on one item, so that what a report would be told is told at the field."""

from taizhang.web.ledger.models import Entry


def judged(entry: Entry) -> list[dict[str, str]]:
    """The findings on an item as it stands: code, severity, message, and the field that is meant."""
    if entry.text.strip() or entry.number is not None:
        return []
    return [{"code": "LED003", "severity": "info", "message": "还没有填写。", "field": "text"}]
