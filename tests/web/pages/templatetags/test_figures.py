"""Numbers on pages are as people write them."""

from decimal import Decimal

from taizhang.web.pages.templatetags.figures import plain


def test_a_number_has_no_needless_zeros_and_no_endless_ones():
    assert [plain(each) for each in (Decimal("230.000000"), Decimal(200) / 3, None)] == ["230", "66.666667", "—"]
    assert plain(Decimal(3005) / Decimal("31.2"), "%") == "96.3141"
