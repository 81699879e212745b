"""Profiles for people: which there are, what is in force in one and from which file, and why one was chosen."""

import json
from collections.abc import Sequence
from typing import Any

from taizhang.profiles import layers, load, shipped
from taizhang.profiles.files import Layer
from taizhang.profiles.origins import Setting, settings
from taizhang.profiles.recognition import Choice, Sign

_WIDEST = 72


def listed(form: str) -> str:
    """The profiles that come with the program."""
    found = [{"name": name, "title": load(name).name, "about": _about(name)} for name in shipped()]
    if form == "json":
        return _json(found)
    width = max(len(each["name"]) for each in found)
    lines = [f"{each['name']:<{width}}  {each['title']}：{each['about']}" for each in found]
    return "\n".join([*lines, "", "看一份的内容：taizhang profile 名称；看报告会选用哪一份：taizhang profile 报告文件"])


def shown(name: str, form: str, *, everything: bool) -> str:
    """Every value in force in a profile with the file that says so; those of the base only when asked for."""
    load(name)  # says what is wrong with it, before it is shown as if it were right
    made_of = layers(name)
    files = [layer.file for layer in made_of]
    base = made_of[0]
    found = settings(name)
    title = load(name).name
    if form == "json":
        return _json({"name": name, "title": title, "files": files, "settings": [_setting(each) for each in found]})
    own = found if everything or len(files) == 1 else [each for each in found if not base.files.issuperset(each.files)]
    lines = [f"口径配置：{title}", f"文件：{' ← '.join(reversed(files))}", ""]
    lines += [f"{each.key} = {_short(each.value)}    〔{'、'.join(each.files)}〕" for each in own]
    rest = len(found) - len(own)
    if rest:
        lines += ["", f"其余 {rest} 项都来自 {_named(base)}；加 --all 逐项列出。"]
    return "\n".join(lines)


def chosen(choice: Choice, form: str) -> str:
    """Which profile documents ask for, and by what signs."""
    title = load(choice.name).name
    if form == "json":
        return _json(
            {
                "name": choice.name,
                "title": title,
                "reason": choice.reason,
                "signs": [_sign(sign) for sign in choice.signs],
                "others": [_sign(sign) for sign in choice.others],
            }
        )
    lines = [f"选用口径：{title}（{choice.name}）" + (f"——{choice.reason}" if choice.reason else "")]
    lines += _signs("依据", choice.signs)
    lines += _signs("没有采用的标志", choice.others)
    return "\n".join([*lines, "", f"要改用别的：taizhang check 报告文件 --profile {choice.name}"])


def _signs(title: str, signs: Sequence[Sign]) -> list[str]:
    lines = [
        f"  “{sign.words}”  {sign.source.file} {sign.source.sentence()}"
        + (f"（像{load(sign.profile).name}）" if title != "依据" else "")
        for sign in signs
    ]
    return [f"{title}：", *lines] if lines else []


def _sign(sign: Sign) -> dict[str, Any]:
    return {
        "profile": sign.profile,
        "words": sign.words,
        "weight": sign.weight,
        "file": sign.source.file,
        "source": sign.source.place(),
    }


def _setting(setting: Setting) -> dict[str, Any]:
    return {"key": setting.key, "value": setting.value, "files": list(setting.files)}


def _named(layer: Layer) -> str:
    return f"{layer.file} 和它的分册" if layer.parts else layer.file


def _about(name: str) -> str:
    return str(layers(name)[-1].sections.get("about", ""))


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _WIDEST else f"{text[:_WIDEST]}…"


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str)
