"""Whole pages and parts of them; numbers that are sent in; what a verb came to."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import QueryDict
from django.test import RequestFactory

from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError
from taizhang.web.pages.asking import page_in, status_of, telling, ticked, whole_in


def test_htmx_gets_the_part_that_the_whole_page_includes(scene, as_):
    office, address = as_("office"), f"/programmes/{scene.programme.pk}/points/"
    whole = office.get(address).content.decode()
    part = office.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert part.strip() in whole


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0", 0), ("", None), (None, None), ("-1", None), ("1.5", None), ("九", None), ("9" * 5000, None)],
)
def test_a_number_that_was_sent_in_is_whole_and_of_a_length_that_the_database_takes(text, number):
    assert whole_in(text) == number


@pytest.mark.parametrize(("asked", "page"), [("", 1), ("page=0", 1), ("page=7", 7), ("page=x", 1), ("page=100000", 1)])
def test_a_page_that_is_none_is_the_first(asked, page):
    assert page_in(QueryDict(asked)) == page


def posted(**sent):
    request = RequestFactory().post("/", sent)
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def test_rows_are_ticked_with_the_versions_that_stood_there():
    assert ticked(posted(entry=["3.2", "4", "x", "5.y"]), "entry") == {3: 2, 4: None, 5: None}


def tried(request, trouble=None, form=None):
    with telling(request, "已保存。", form):
        if trouble:
            raise trouble


def test_what_is_done_is_said_and_what_is_refused_is_said_where_it_belongs():
    request = posted()
    tried(request)
    tried(request, RefusedError("请写明理由。"))
    assert [(each.level_tag, each.message) for each in get_messages(request)] == [
        ("success", "已保存。"), ("error", "请写明理由。"),
    ]  # fmt: skip
    form = forms.Form({})
    tried(request, RefusedError("请写明理由。"), form)
    assert form.non_field_errors() == ["请写明理由。"]
    with pytest.raises(NotAllowedError):
        tried(request, NotAllowedError("只有双高办能改。"), form)


def test_each_refusal_has_its_status():
    told = [NotAllowedError(""), OutOfOrderError(""), StaleError("", None, {}), RefusedError("")]
    assert [status_of(each) for each in told] == [403, 409, 409, 400]
