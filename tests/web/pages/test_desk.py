"""The first page."""


def test_a_stranger_is_sent_to_the_door(scene, client):
    assert client.get("/").headers["Location"] == "/login/?next=/"


def test_everyone_has_a_desk(as_):
    for role in ("reporter", "lead", "office", "admin", "expert", "province", "nobody"):
        assert as_(role).get("/").status_code == 200
