"""The one Django app that owns tables."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tables of the ledger."""

    name = "taizhang.web.ledger"
    label = "ledger"
    verbose_name = "台账"
