"""Every text of the site has its English, and the compiled catalogue is the written one."""

import importlib.util
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

_PLACE = Path(__file__).parents[2] / "docs/messages.py"
_spec = importlib.util.spec_from_file_location("messages_of_the_site", _PLACE)
messages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(messages)


@pytest.fixture(scope="module")
def catalogue():
    return messages.gathered(messages.read())


def test_no_text_is_without_english(catalogue):
    assert messages.untranslated(catalogue) == [], "run `make messages` and fill in the msgstr lines"


def test_the_catalogue_is_of_the_sources_as_they_are(catalogue):
    assert messages.CATALOGUE.read_bytes() == messages.written(catalogue), "run `make messages`"


def test_the_compiled_catalogue_is_the_written_one():
    with messages.CATALOGUE.open("rb") as stream:
        written = read_po(stream, locale="en")
    assert messages.CATALOGUE.with_suffix(".mo").read_bytes() == messages.compiled(written), "run `make messages`"


def test_both_languages_name_the_same_values(catalogue):
    def names(text):
        return set(re.findall(r"%\((\w+)\)", text)), text.count("%s")

    for message in catalogue:
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[0]
            assert all(names(text) == names(source) for text in messages._strings(message)), source


def test_no_english_text_has_chinese_left_in_it(catalogue):
    told = [text for message in catalogue if message.id for text in messages._strings(message)]
    assert [text for text in told if re.search(r"[\u4e00-\u9fff]", text)] == []


def test_a_text_in_a_template_and_one_in_code_are_both_found():
    template = '  {% if x %}\n    {% translate "甲" %} {{ y|default:_("乙") }}\n{% endif %}'
    source = messages.templatize(template)
    lines = "\n".join(line.lstrip() for line in source.splitlines()).encode()
    place = messages.SOURCE / "x.html"
    assert [message for _, message in messages.found(place, lines)] == ["甲", "乙"]
    code = b'a = lazy("one"); b = ngettext("two", "three", n)'
    assert [message for _, message in messages.found(place, code)] == ["one", ("two", "three")]


def test_what_is_no_longer_said_falls_away_and_what_is_known_stays(catalogue):
    stream = BytesIO(b'msgid ""\nmsgstr ""\n\nmsgid "gone"\nmsgstr "gone"\n')
    again = messages.gathered(read_po(stream, locale="en"))
    assert again.get("gone") is None
    assert messages.untranslated(again)


def test_the_site_speaks_english(scene, as_):
    page = as_("lead", headers={"accept-language": "en"}).get("/me/").content.decode()
    assert "My account" in page and "Change password" in page
    with translation.override("zh-hans"):
        assert translation.gettext("我的账号") == "我的账号"


def test_what_is_refused_is_refused_in_the_language_of_who_asks(scene, as_):
    told = {
        language: as_("reporter", headers={"accept-language": language}).post(f"/entries/{scene.value.pk}/submit/")
        for language in ("en", "zh-hans")
    }
    assert "has not been filled in and cannot be submitted" in told["en"].content.decode()
    assert "还没有填写，不能提交" in told["zh-hans"].content.decode()
