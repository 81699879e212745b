"""The navigation around every page."""


def test_the_navigation_names_the_person_and_the_role(as_):
    page = as_("lead").get("/").content.decode()
    assert "何芳" in page
    assert "负责人" in page


def test_the_language_can_be_english(as_):
    page = as_("lead", headers={"accept-language": "en"}).get("/").content.decode()
    assert '<html lang="en">' in page
