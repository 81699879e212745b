"""The documents behind the demonstration's records: each page tells the numbers of the record that cites it."""

from datetime import date

import pypdfium2
import pytest

from taizhang.core.attainment import plain
from taizhang.web.ledger.models import RecordCitation
from taizhang.web.ledger.workflow import demonstration_proofs
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar
from taizhang.web.ledger.workflow.demonstration_records import is_counted, told
from web_records import CLASS, entered


def test_every_page_tells_all_numbers_of_its_record():
    counted = [record for _unit, record in told(Calendar(date(2026, 11, 22))) if is_counted(record)]
    pages = [demonstration_proofs.page_of("教务处", record) for record in counted]
    book = pypdfium2.PdfDocument(demonstration_proofs.pdf(pages))
    assert len(book) == len(counted) > 50
    for record, page in list(zip(counted, book, strict=True))[::7]:
        said = page.get_textpage().get_text_range().replace("\r\n", "")
        assert record.title in said
        assert all(f"{each.name}：{plain(each.value)}{each.unit}" in said for each in record.measures)


@pytest.mark.django_db
def test_records_cite_their_pages_and_some_have_none(scene, vault_folder):
    rows = [entered(scene, title=f"第 {number} 期") for number in range(9)]
    demonstration_proofs.plant(scene.people.reporter, scene.teaching, [(row, CLASS) for row in rows])
    cited = {each.record_id: each.pages for each in RecordCitation.objects.select_related("evidence")}
    assert cited == {row.pk: str(place) for place, row in enumerate(rows[:8], start=1)}
    assert RecordCitation.objects.first().evidence.blob.pages == 8
