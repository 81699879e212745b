import pytest

from taizhang.connect.noted import DeclarationError, Noted


def test_every_scalar_is_text_as_written_with_its_line():
    table = Noted.parsed("code: 1.10\nsure: yes\n", "取数.yaml").table()
    assert (table["code"].text(), table["code"].line) == ("1.10", 1)
    assert (table["sure"].truth(), table["sure"].line) == (True, 2)


@pytest.mark.parametrize(
    ("read", "words"),
    [
        (lambda part: part.table("b"), "第 1 行：不认识“a”，这里可以写：b"),
        (lambda part: part.text(), "应是一段文字"),
        (lambda part: part.table()["a"].table(), "键: 值"),
        (lambda part: part.table()["a"].truth(), "yes 或 no"),
        (lambda part: part.table()["a"].whole(1, 9), "1 到 9 的整数"),
        (lambda part: part.table()["a"].one_of("x", "y"), "x、y 之一，写的是“w”"),
    ],
)
def test_a_value_of_another_form_is_refused(read, words):
    with pytest.raises(DeclarationError, match=words):
        read(Noted.parsed("a: w", "取数.yaml"))
