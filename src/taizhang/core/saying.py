"""说法: a sentence that remembers of what it is made, so that a page can say it in another language.

A `Sentence` is the Chinese text itself and is used as any text; `in_words` says it by what a translator makes of its form.
"""

from collections.abc import Callable, Iterable
from typing import Any, Self


class Sentence(str):
    """A text made of a form with named places (`%(rate)s`) and of what stands in them, some of it sentences again."""

    __slots__ = ("form", "parts")
    form: str
    parts: dict[str, object]

    def __new__(cls, form: str, parts: dict[str, object]) -> Self:
        """The form filled in."""
        made = super().__new__(cls, form % parts)
        made.form, made.parts = form, parts
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        """So that a copy, or one sent to another process, is made of the same parts."""
        return self.form, self.parts


class _Row(Sentence):
    """Texts side by side, between them a mark that may be said otherwise too."""

    __slots__ = ()

    def __new__(cls, mark: str, members: tuple[str, ...]) -> Self:
        """The members with the mark between them."""
        made = str.__new__(cls, mark.join(members))
        made.form, made.parts = mark, dict(enumerate(members))  # type: ignore[arg-type]  # places of a row have numbers
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.form, tuple(self.parts.values())


def phrase(form: str, **parts: object) -> Sentence:
    """A sentence of that form; the places of a form have names, and a per cent sign is written twice."""
    return Sentence(form, parts)


def joined(mark: str, members: Iterable[str]) -> Sentence:
    """Texts in a row with a mark between them."""
    return _Row(mark, tuple(members))


def brief(text: str, most: int) -> str:
    """A text as a message quotes it: one that is too long says by its end that more follows."""
    words = text.strip()
    return words if len(words) <= most else f"{words[: most - 1]}…"


def few(names: Iterable[str], most: int) -> str:
    """The first of several names as a message lists them: that there are more it says by 等."""
    listed = list(names)
    return "、".join(listed[:most]) + ("等" if len(listed) > most else "")


def in_words(text: object, translate: Callable[[str], str]) -> str:
    """The text as the translator says it; what is no sentence stays as it is."""
    if isinstance(text, _Row):
        return (text.form and translate(text.form)).join(in_words(each, translate) for each in text.parts.values())
    if isinstance(text, Sentence):
        return translate(text.form) % {name: in_words(each, translate) for name, each in text.parts.items()}
    return str(text)
