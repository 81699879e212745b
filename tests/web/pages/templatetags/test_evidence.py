"""What templates ask for by themselves."""

from types import SimpleNamespace

from taizhang.web.ledger.workflow import evidence as verbs
from taizhang.web.pages.templatetags.evidence import citations_of, first_page, may_cite


def test_what_an_item_rests_on(kept, scene):
    citation = verbs.cite(scene.people.reporter, scene.entries[0], kept())
    assert citations_of(scene.entries[0]) == [citation]
    verbs.withdraw_citation(scene.people.reporter, citation)
    assert citations_of(scene.entries[0]) == []


def test_who_may_add(scene):
    for role, may in (("reporter", True), ("team_lead", False)):
        request = SimpleNamespace(user=getattr(scene.people, role))
        assert may_cite({"request": request}, scene.entries[0]) is may


def test_the_first_cited_page():
    assert [first_page(pages) for pages in ("3", "3-5,8", "7,9")] == ["3", "3", "7"]
