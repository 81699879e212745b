"""The one Django app that owns tables."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tables of the ledger."""

    name = "taizhang.web.ledger"
    label = "ledger"
    verbose_name = "台账"

    def ready(self) -> None:
        """Register the checks of the installation."""
        import taizhang.web.deployment  # noqa: F401, PLC0415 - Django asks for it here, when the settings stand
