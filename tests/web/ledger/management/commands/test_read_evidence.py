"""What was uploaded and not read is read later."""

import io

from django.core.management import call_command

from taizhang.web.ledger.models import Blob, Evidence, SearchText


def test_what_was_not_read_is_read(kept):
    kept("名册.txt", "联系人电话 13810203040".encode())
    SearchText.objects.all().delete()
    Blob.objects.update(text="", text_state="")
    Evidence.objects.update(personal=[], has_personal=False)
    for count in (1, 0):
        out = io.StringIO()
        call_command("read_evidence", stdout=out)
        assert out.getvalue() == f"读取了 {count} 个文件。\n"
    assert Evidence.objects.get().has_personal
