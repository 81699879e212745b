"""The assessors' pages: an expert sees what is locked in the rounds given, and nothing else of any college."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Entry, Inquiry, Judgement, Stage
from taizhang.web.ledger.workflow import review
from web_assessing import evidence, given, lock
from web_people import person

OK, MOVED, MISSING, FORBIDDEN = 200, 302, 404, 403
ROLES = ["reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody"]


def but(usual, **others):
    return dict.fromkeys(ROLES, usual) | others


# Route → role → status, when the round was given to the expert; L: an item that is locked, D: one that is a draft.
SEEN = {
    "/judging/": but(OK),
    "/judging/{round}/": but(MISSING, expert=OK, province=OK),
    "/judging/items/{L}/": but(MISSING, expert=OK, province=OK),
    "/judging/items/{D}/": but(MISSING),
    "/judging/{round}/samples/": but(FORBIDDEN, expert=OK, province=OK, office=OK, outsider=MISSING, nobody=MISSING),
    "/judging/samples/{sample}/": but(MISSING, expert=OK, province=OK),
    "/judging/samples/{sample}/sheet/": but(MISSING, expert=OK, province=OK),
    "/inquiries/": but(OK),
    "/inquiries/{inquiry}/": but(MISSING, reporter=OK, lead=OK, office=OK),
    "/oversight/": but(OK),
    "/oversight/{round}/": but(MISSING, province=OK, office=OK),
}
POSTED = {
    "/judging/items/{L}/judge/": but(MISSING, expert=MOVED, province=FORBIDDEN),
    "/judging/items/{D}/judge/": but(MISSING),
    "/judging/items/{L}/inquire/": but(MISSING, expert=MOVED, province=FORBIDDEN),
    "/judging/items/{D}/inquire/": but(MISSING),
    "/judging/{round}/samples/": but(FORBIDDEN, expert=MOVED, province=MOVED, office=MOVED, outsider=MISSING, nobody=MISSING),
    "/inquiries/{inquiry}/": but(MISSING, reporter=MOVED, lead=MOVED, office=MOVED),
    "/oversight/{round}/": but(MISSING, province=MOVED, office=422),
    "/oversight/assignments/{assignment}/end/": but(MISSING, province=MOVED),
}  # fmt: skip
TYPED = {"verdict": "settled", "wanted": "名单", "size": 3, "answer": "见附件"}


@pytest.fixture
def address(scene):
    """The addresses of the scene, with the round given to the expert."""
    row = given(scene)
    asked = review.inquire(scene.people.expert, scene.value, "认定文件")
    sample = review.draw_sample(scene.people.expert, scene.round, 2, 1)
    parts = {
        "round": scene.round.pk, "L": scene.value.pk, "D": scene.entries[1].pk, "sample": sample.pk, "inquiry": asked.pk,
        "assignment": row.pk,
    }  # fmt: skip
    return lambda route: route.format(**parts)


@pytest.mark.parametrize("route", SEEN)
def test_each_role_sees_its_pages_and_no_other(as_, address, route):
    seen = {role: as_(role).get(address(route)).status_code for role in ROLES}
    assert seen == SEEN[route]


@pytest.mark.parametrize("route", POSTED)
def test_each_role_does_what_it_may_and_nothing_else(scene, as_, address, route):
    typed = TYPED | {"expert": scene.people.expert.pk}
    done = {role: as_(role).post(address(route), typed).status_code for role in ROLES}
    assert done == POSTED[route]


@pytest.mark.parametrize("route", [*SEEN, *POSTED])
def test_an_expert_who_was_given_nothing_finds_nothing(scene, as_, address, route):
    other = person("linren", "方言", scene.province, ("expert", scene.province))
    scene.people.other = other
    status = as_("other").get(address(route)).status_code
    own = route in {"/judging/", "/inquiries/", "/oversight/"}
    assert status == (OK if own else 405 if route.endswith(("judge/", "inquire/", "end/")) else MISSING)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.LOCKED])
def test_at_no_stage_but_locked_does_an_expert_see_an_item(scene, as_, address, stage):
    scene.value.stage = stage
    scene.value.save()
    expert = as_("expert")
    assert expert.get(address("/judging/items/{L}/")).status_code == MISSING
    assert expert.post(address("/judging/items/{L}/judge/"), TYPED).status_code == MISSING
    assert "省级在线课程" not in expert.get(address("/judging/{round}/")).content.decode()
    assert "省级在线课程" not in expert.get(address("/judging/samples/{sample}/")).content.decode()


@pytest.mark.parametrize("over", ["ended", "past"])
def test_when_the_assignment_is_over_all_is_closed(scene, as_, address, over):
    row = scene.round.assignments.get()
    if over == "ended":
        review.end_assignment(scene.people.province, row)
    else:
        row.until = "2020-01-01"
        row.save()
    for route in (
        "/judging/{round}/",
        "/judging/items/{L}/",
        "/judging/samples/{sample}/",
        "/judging/{round}/samples/",
    ):
        assert as_("expert").get(address(route)).status_code == MISSING


def test_what_is_internal_stands_on_no_page_of_the_expert(scene, as_, address):
    evidence(scene, "未引用的会议纪要")
    evidence(scene, "草稿引用的名单", scene.entries[1])
    cited = evidence(scene, "已引用的认定文件", scene.value)
    withdrawn = evidence(scene, "撤下的旧文件", scene.value)
    withdrawn.citations.update(withdrawn_at=scene.round.opened_at)
    history.record(scene.college, scene.people.lead, "return", scene.value, reason="内部理由第二条")
    pages = "".join(
        as_("expert").get(address(route)).content.decode()
        for route in SEEN
        if SEEN[route]["expert"] == OK and "sheet" not in route
    )
    assert cited.title in pages
    assert "/judging/items/" in pages
    for secret in ("未引用的会议纪要", "草稿引用的名单", "撤下的旧文件", "内部理由", "名单不全", "还在写的草稿"):
        assert secret not in pages


def test_a_verdict_goes_on_to_the_next_item_that_is_not_judged(scene, as_, address):
    lock(*scene.entries)
    first, second = scene.entries
    answer = as_("expert").post(f"/judging/items/{first.pk}/judge/", {"verdict": "settled", "next": "1"})
    assert answer.headers["Location"] == f"/judging/items/{second.pk}/"
    assert Judgement.objects.get().verdict == "settled"


def test_what_was_typed_stands_on_the_page_that_refuses(as_, address):
    answer = as_("expert").post(address("/judging/items/{L}/judge/"), {"verdict": "", "note": "数字偏高，要看原始表"})
    assert answer.status_code == 422
    assert "请选择一个结论" in answer.content.decode()
    answer = as_("expert").post(address("/judging/items/{L}/inquire/"), {"wanted": "长" * 301})
    assert answer.status_code == 422
    assert "长" * 301 in answer.content.decode()
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2), ("verdict=none", 1), ("verdict=settled", 1), ("verdict=on_site", 0), ("category=points", 1),
        ("category=quantity", 1), ("category=cost", 0), ("risk=high", 1), ("risk=low", 0), ("asked=on", 1),
        ("words=在线课程", 1), ("words=没有的", 0), ("verdict=wrong", 2), ("unit=999999", 2), ("page=99", 2),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_what_stands_in_the_address(scene, as_, address, query, count):
    review.judge(scene.people.expert, scene.entries[0], "settled")
    page = as_("expert").get(address("/judging/{round}/") + "?" + query).content.decode()
    assert page.count("<tr data-href") == count


def test_htmx_is_given_the_rows_alone(as_, address):
    page = as_("expert").get(address("/judging/{round}/"), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in page
    assert "<table" in page


def test_many_items_cost_no_more_queries(scene, as_, address, django_assert_num_queries):
    expert = as_("expert")
    for more in (0, 30):
        for number in range(more):
            point = scene.task.points.create(
                programme=scene.programme, year=2025, ordinal=number + 1, plan="开课", unit=scene.teaching
            )
            entry = Entry(round=scene.round, point=point, unit=scene.teaching)
            lock(entry)
            review.judge(scene.people.expert, entry, "settled")
        for route, queries in (("/judging/", 9), ("/judging/{round}/", 17), ("/judging/samples/{sample}/", 7)):
            expert.get(address(route))
            with django_assert_num_queries(queries):
                expert.get(address(route))


def test_the_history_of_a_piece_of_evidence_is_the_colleges(scene, as_, address):
    cited = evidence(scene, "已引用的认定文件", scene.value)
    history.record(
        scene.college, scene.people.lead, "describe", cited, before={"title": "错传的旧名单"}, after={"title": "新"}
    )
    page = f"/evidence/{cited.pk}/"
    assert "错传的旧名单" in as_("lead").get(page).content.decode()
    answer = as_("expert").get(page)
    assert answer.status_code == OK
    assert "错传的旧名单" not in answer.content.decode()
