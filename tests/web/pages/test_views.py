"""Filters kept under a name."""


def test_filters_are_kept_offered_and_forgotten(scene, as_):
    browser = as_("lead")
    browser.post("/entries/views/", {"name": "待审", "query": "whose=waiting&page=7&utm=x"})
    view = scene.people.lead.saved_views.get()
    assert view.query == "whose=waiting"
    assert "待审</a>" in browser.get("/entries/").content.decode()
    assert "待审</a>" not in as_("reporter").get("/entries/").content.decode()
    assert as_("reporter").post(f"/entries/views/{view.pk}/drop/").status_code == 404
    browser.post(f"/entries/views/{view.pk}/drop/")
    assert not scene.people.lead.saved_views.exists()


def test_a_view_without_a_name_is_refused_and_its_filters_stay(scene, as_):
    answer = as_("lead").post("/entries/views/", {"name": " ", "query": "kind=point"}, follow=True)
    assert "起个名称" in answer.content.decode()
    assert answer.request["QUERY_STRING"] == "kind=point"
