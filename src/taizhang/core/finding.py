"""Finding: one fault or doubt, with its place, as every output presents it."""

from dataclasses import dataclass
from enum import StrEnum

from taizhang.core.source import Source


class Severity(StrEnum):
    """How sure and how grave: wrong on its face, an assessor would ask, or form and doubt."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest, so that sorting puts errors first."""
        return list(Severity).index(self)

    @property
    def chinese(self) -> str:
        """The word users read."""
        return {"error": "错误", "warning": "存疑", "info": "提示"}[self.value]


class Kind(StrEnum):
    """What is wrong, in the closed list of the JSON contract."""

    SUM_MISMATCH = "sum_mismatch"
    COUNT_MISMATCH = "count_mismatch"
    RATE_MISMATCH = "rate_mismatch"
    GROWTH_MISMATCH = "growth_mismatch"
    SCORE_MISMATCH = "score_mismatch"
    MIDTERM_TARGET_RULE = "midterm_target_rule"
    BELOW_TARGET_CLAIMED_DONE = "below_target_claimed_done"
    MISSING_REASON = "missing_reason"
    QUALITATIVE_FOR_QUANTITATIVE = "qualitative_for_quantitative"
    PLAN_ACTUAL_MISMATCH = "plan_actual_mismatch"
    LABEL_ERROR = "label_error"
    CAPTION_ERROR = "caption_error"
    DUPLICATE_NUMBER = "duplicate_number"
    CONTRADICTION = "contradiction"
    CROSS_DOCUMENT = "cross_document"
    UNIT_OR_PERIOD = "unit_or_period"
    OVER_PRECISION = "over_precision"
    EVIDENCE = "evidence"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another place that the finding speaks of, with the words that stand there and the name of their table."""

    source: Source
    text: str
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault or doubt.

    `text` is the shortest printed text that holds the fault, and `source` the exact place of that text.
    `table` is the table's number, or its caption where it has no number; `row` is the row's label as printed
    (`2023③` for a task point). Both are None in prose. `fingerprint` knows the finding again in another draft.
    """

    code: str
    kind: Kind
    severity: Severity
    message: str
    source: Source
    text: str
    table: str | None = None
    row: str | None = None
    printed: str | None = None
    expected: str | None = None
    related: tuple[Related, ...] = ()
    fingerprint: str = ""

    def marked(self, fingerprint: str) -> "Finding":
        """The same with its fingerprint; every finding gets one, and `replace` would take three times as long."""
        return Finding(
            code=self.code, kind=self.kind, severity=self.severity, message=self.message, source=self.source,
            text=self.text, table=self.table, row=self.row, printed=self.printed, expected=self.expected,
            related=self.related, fingerprint=fingerprint,
        )  # fmt: skip
