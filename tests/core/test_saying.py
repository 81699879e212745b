"""Sentences: the Chinese is a text like any other; another language is made of the same parts."""

import copy
import json
import pickle

from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.saying import Sentence, in_words, joined, phrase

WORDS = some.text(max_size=8)
SENTENCES = some.recursive(
    WORDS,
    lambda inner: some.one_of(
        some.builds(lambda a, b: phrase("“%(a)s”占 %(b)s 的 50%%", a=a, b=b), inner, inner),
        some.builds(lambda texts: joined("；", texts), some.lists(inner, max_size=3)),
    ),
    max_leaves=6,
)


@given(SENTENCES)
def test_in_its_own_language_a_sentence_is_what_it_was(sentence):
    assert in_words(sentence, lambda form: form) == sentence


@given(SENTENCES)
def test_a_copy_is_made_of_the_same_parts(sentence):
    english = {"“%(a)s”占 %(b)s 的 50%%": "%(b)s: half is “%(a)s”", "；": "; "}
    for again in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301 - our own bytes
        assert again == sentence
        assert in_words(again, lambda form: english.get(form, form)) == in_words(
            sentence, lambda form: english.get(form, form)
        )


def test_a_form_is_translated_with_what_stands_in_it():
    english = {"完成度 %(rate)s%%": "%(rate)s %% reached", "；": "; ", "没有达到": "missed"}
    sentence = joined("；", [phrase("完成度 %(rate)s%%", rate=50), phrase("没有达到"), "原文"])
    assert sentence == "完成度 50%；没有达到；原文"
    assert in_words(sentence, lambda form: english.get(form, form)) == "50 % reached; missed; 原文"
    assert json.dumps(sentence, ensure_ascii=False) == '"完成度 50%；没有达到；原文"'
    assert isinstance(sentence, Sentence) and {sentence: 1}["完成度 50%；没有达到；原文"] == 1
