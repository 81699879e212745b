"""佐证材料: bytes kept once by their SHA-256, what they are evidence of, and uploads on their way."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.kept import Kept
from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.rounds import Entry


class Blob(models.Model):
    """Bytes, stored under their SHA-256 in the evidence folder; the text found in them, its pages parted by form feeds.

    `pages` is None where the format knows none. `text_state` is empty until the text was looked for, then `done` or a sentence saying why there is none.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    text_state = models.CharField(max_length=200, blank=True)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class SearchText(models.Model):
    """The text of a blob as searches compare it (ledger.evidence.search); beside it the database's index of its pairs."""

    blob = models.OneToOneField(Blob, models.CASCADE, related_name="search_text")
    folded = models.TextField()

    def __str__(self) -> str:
        return f"{self.blob}"


# What decides who sees a piece: in the index, so that those of others are passed over without being read.
_ASKED = ("unit", "withdrawn_at")


class Evidence(Kept):
    """A piece of evidence: a blob under a title, with its own date, issuing body and document number.

    `personal` lists what looks like personal data: [{"page", "kind", "masked"}]. It is withdrawn, never deleted.
    """

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evidence", verbose_name=_("单位"))
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="evidence")
    title = models.CharField(_("标题"), max_length=200)
    file_name = models.CharField(_("文件名"), max_length=200)
    number = models.CharField(_("编号"), max_length=60, blank=True, db_index=True)
    dated = models.DateField(_("材料日期"), null=True, blank=True)
    issued_by = models.CharField(_("发文单位"), max_length=120, blank=True)
    document_number = models.CharField(_("文号"), max_length=80, blank=True)
    personal = models.JSONField(default=list, blank=True)
    has_personal = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-uploaded_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["college", "-uploaded_at", "-id", *_ASKED], name="evidence_newest"),
            models.Index(fields=["college", "number", "id", *_ASKED], name="evidence_by_number"),
            models.Index(fields=["college", "-dated", "-id", *_ASKED], name="evidence_by_date"),
            models.Index(fields=["college", "title", "id", *_ASKED], name="evidence_by_title"),
            models.Index(
                fields=["college", "has_personal", "-uploaded_at", "-id", *_ASKED], name="evidence_of_persons"
            ),
            # Another piece of the same file: SQLite, which counts no rows, takes the index that fits most of the question.
            models.Index(fields=["blob", "college", "withdrawn_at", "id"], name="evidence_of_file"),
            models.Index(fields=["unit", "-uploaded_at", "-id"], name="evidence_unit_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class Citing(Kept):
    """What is said of a piece of evidence where something cites it, perhaps certain pages of it (“3-5”)."""

    pages = models.CharField(_("页码"), max_length=60, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    cited_at = models.DateTimeField()
    cited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order of citing; no table of its own."""

        abstract = True
        ordering: ClassVar = ["cited_at", "id"]


class Citation(Citing):
    """An entry cites a piece of evidence."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="citations")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="citations")

    class Meta(Citing.Meta):
        """An entry cites the same piece once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "evidence"], condition=models.Q(withdrawn_at=None), name="citation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} ← {self.evidence}"


class Upload(models.Model):
    """A file on its way in, in pieces; `received` bytes are safely on disk, so a broken line resumes from there.

    `sha256` is known when all have come, and written before the file moves: a crash in between loses nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField()
    evidence = models.ForeignKey(Evidence, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.file_name
