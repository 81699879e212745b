"""Rows that stay for good."""

from typing import Any, NoReturn

from django.db import models


class Kept(models.Model):
    """A row that may be withdrawn, merged or followed by another, and is never deleted."""

    class Meta:
        """No table of its own."""

        abstract = True

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 - as Django declares it
        """Never."""
        raise TypeError(f"{type(self).__name__}: rows of this table are never deleted")
