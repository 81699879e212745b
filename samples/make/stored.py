"""What the colleges say, kept as data beside the code."""

from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"


def stored(name: str) -> str:
    """The text of a data file."""
    return (DATA / name).read_text(encoding="utf-8")


def paragraphs(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of paragraphs of a prose file, by name."""
    return {key: tuple(value) for key, value in yaml.safe_load(stored(name)).items() if isinstance(value, list)}


def sentences(name: str, key: str) -> dict[str, str]:
    """The sentences of one mapping of a prose file, by code."""
    return {str(code): str(text) for code, text in yaml.safe_load(stored(name))[key].items()}


def page_numbers(name: str) -> tuple[int, ...]:
    """The pages of the headings of a table of contents, as a word processor last computed them."""
    numbers = yaml.safe_load(stored("pages.yaml"))[name]
    return tuple(int(number) for number in numbers)
