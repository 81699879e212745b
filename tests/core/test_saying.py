"""Sentences: the Chinese is a text like any other; another language is made of the same parts."""

import copy
import json
import pickle

from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.saying import Sentence, brief, few, in_words, joined, phrase

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


@given(some.text(alphabet="山水云田", max_size=9), some.integers(2, 6))
def test_a_quotation_that_was_cut_says_so_and_keeps_to_its_length(text, most):
    made = brief(text, most)
    assert len(made) <= most
    assert made == text or (made.endswith("…") and text.startswith(made[:-1]))


@given(some.lists(some.sampled_from(["甲", "乙", "丙"]), min_size=1, max_size=6), some.integers(1, 4))
def test_names_left_out_of_a_list_are_told_of(names, most):
    assert few(names, most).endswith("等") is (len(names) > most)
