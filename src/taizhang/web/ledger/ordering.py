"""The order of Chinese names: as in a dictionary (pinyin, tones, then characters), or by strokes."""

from functools import lru_cache
from importlib.resources import files

from pypinyin import Style, lazy_pinyin

# Characters that are read otherwise as a surname.
_SURNAMES = {
    "单": "shan4", "曾": "zeng1", "解": "xie4", "仇": "qiu2", "区": "ou1", "查": "zha1", "朴": "piao2", "任": "ren2",
    "盖": "ge3", "缪": "miao4", "覃": "qin2", "乐": "yue4", "秘": "bi4", "折": "she2", "召": "shao4", "翟": "zhai2",
    "尉迟": "yu4 chi2", "万俟": "mo4 qi2", "长孙": "zhang3 sun1", "澹台": "tan2 tai2", "宓": "mi4", "冼": "xian3",
}  # fmt: skip


def sort_key(name: str, longest: int = 120) -> str:
    """Names with this key sort as in a dictionary: each character by its syllable and tone, then by itself."""
    return " ".join(f"{sound}{sign}" for sound, sign in zip(_sounds(name), name, strict=True))[:longest]


def person_key(name: str) -> str:
    """As `sort_key`, of a person: 单 and 曾 as surnames are read shàn and zēng."""
    for surname in (name[:2], name[:1]):
        if len(name) > len(surname) and surname in _SURNAMES:
            sounds = [*_SURNAMES[surname].split(), *_sounds(name[len(surname) :])]
            return " ".join(f"{sound}{sign}" for sound, sign in zip(sounds, name, strict=True))[:120]
    return sort_key(name)


def strokes_key(name: str) -> tuple[tuple[int, ...], str]:
    """By the strokes of the first character, then of the next; those that are alike by pinyin; unknown ones last."""
    counts = _strokes()
    return tuple(counts.get(sign, 99) for sign in name), person_key(name)


def spelled(text: str) -> str:
    """Chinese in Latin letters, a syllable a word: of these the keys of what a college declares itself are made."""
    return " ".join(lazy_pinyin(text))


def _sounds(text: str) -> list[str]:
    """One sound for each character, words considered (重庆 is chóng qìng); what is not Chinese is its own sound."""
    return [
        sound.lower()
        for sound in lazy_pinyin(
            text,
            style=Style.TONE3,
            errors=list,  # type: ignore[arg-type]  # one sound for each sign; the stubs know only texts
            neutral_tone_with_five=True,
        )
    ]


@lru_cache(maxsize=1)
def _strokes() -> dict[str, int]:
    lines = files("taizhang.web.ledger").joinpath("strokes.txt").read_text(encoding="utf-8").splitlines()
    return {
        sign: int(count)
        for count, _, signs in (line.partition(" ") for line in lines if not line.startswith("#"))
        for sign in signs
    }
