"""Append-only history, one hash chain for each college."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from taizhang.web.ledger.models.organisation import Person, Unit


class Chain(models.Model):
    """The head of a college's chain: how many changes there are and the hash of the last. Locked while one is added."""

    college = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="chain")
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.college} {self.length}"


class Change(models.Model):
    """Who did what to which thing, when, and what it was before and after. Refuses to be changed or deleted.

    `hash` is the SHA-256 of the previous change's hash and of this one's content (ledger.history says how).
    """

    college = models.ForeignKey(Unit, models.PROTECT, related_name="changes")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=60)
    verb = models.CharField(max_length=40)
    thing = models.CharField(max_length=40)
    thing_id = models.CharField(max_length=64)
    label = models.CharField(max_length=300)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        """Newest first; found by the thing it happened to."""

        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "number"], name="change_number_once")]
        indexes: ClassVar = [
            models.Index(fields=["thing", "thing_id", "college", "-number"], name="change_thing"),
            models.Index(fields=["college", "actor", "-number"], name="change_actor"),
            models.Index(fields=["college", "verb", "-number"], name="change_verb"),
            models.Index(fields=["college", "thing", "-number"], name="change_kind"),
            models.Index(fields=["college", "at"], name="change_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.label}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django declares it
        """Once."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 - as Django declares it
        """Never."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError("a change in the history is neither altered nor deleted")
