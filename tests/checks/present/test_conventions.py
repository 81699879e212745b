"""What `taizhang profile` tells: names, values with their files, and why one was chosen."""

import json
from pathlib import Path

from taizhang.checks.present.conventions import chosen, listed, shown
from taizhang.core.source import Source
from taizhang.profiles import shipped
from taizhang.profiles.recognition import Choice, Sign

CHOICE = Choice("provincial", (Sign("provincial", "省域高水平", Source("甲.docx", paragraph=2), 2),))


def test_every_shipped_profile_is_listed() -> None:
    assert [each["name"] for each in json.loads(listed("json"))] == list(shipped())
    assert all(name in listed("text") for name in shipped())
    assert all(each["about"] for each in json.loads(listed("json")))


def test_values_stand_with_their_files(tmp_path: Path) -> None:
    house = tmp_path / "本校.yaml"
    house.write_text("extends: provincial\nmidterm: {ratio: 0.6}\n", encoding="utf-8")
    text = shown(str(house), "text", everything=False)
    assert "文件：本校.yaml ← provincial.yaml ← generic.yaml" in text
    assert "midterm.ratio = 0.6    〔本校.yaml〕" in text
    assert "columns.rate" not in text
    assert "项都来自 generic.yaml 和它的分册" in text
    told = [line for line in shown(str(house), "text", everything=True).splitlines() if line.startswith("columns.rate")]
    assert [line.endswith("〔generic/columns.yaml〕") for line in told] == [True]
    told = json.loads(shown(str(house), "json", everything=False))
    assert {"key": "midterm.ratio", "value": 0.6, "files": ["本校.yaml"]} in told["settings"]


def test_the_choice_is_told_with_its_signs() -> None:
    assert "“省域高水平”  甲.docx 第 2 段" in chosen(CHOICE, "text")
    told = json.loads(chosen(CHOICE, "json"))
    assert (told["name"], told["signs"][0]["source"]) == ("provincial", {"paragraph": 2})
    assert "没有足够的标志" in chosen(Choice("generic", reason="没有足够的标志"), "text")
