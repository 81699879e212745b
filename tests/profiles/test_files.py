"""The files of shipped profiles: every key stands in one place and is read; tests/house sees that it is in the manual."""

from pathlib import Path

import pytest
import yaml

from taizhang.core.errors import ProfileError
from taizhang.profiles import layers, load, shipped
from taizhang.profiles.files import _FOLDER, Layer, _joined

FILES = sorted(_FOLDER.rglob("*.yaml"))


def named(path: Path) -> str:
    return path.relative_to(_FOLDER).as_posix()


def test_every_part_is_read_and_no_key_stands_in_two() -> None:
    written = {
        named(path): set(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in FILES if path.parent != _FOLDER
    }
    read: dict[str, set[str]] = {}
    for name in shipped():
        for key, file in layers(name)[-1].parts.items():
            read.setdefault(file, set()).add(key)
    assert written == read
    assert sum(map(len, written.values())) == len(set().union(*written.values()))


def test_parts_are_read_as_if_they_stood_in_one_file(tmp_path: Path) -> None:
    parts = [path for path in FILES if path.parent == _FOLDER / "generic"]
    whole = tmp_path / "whole.yaml"
    texts = [path.read_text(encoding="utf-8") for path in [_FOLDER / "generic.yaml", *parts]]
    whole.write_text("\n".join(texts), encoding="utf-8")
    assert len(parts) > 5
    assert layers(whole)[-1].sections == layers("generic")[-1].sections


def test_a_key_in_two_parts_is_refused_with_both_places(tmp_path: Path) -> None:
    folder = tmp_path / "generic"
    folder.mkdir()
    for name, text in {"a": "traps: [双百]\n", "b": "units: []\ntraps: [三色]\n"}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    parts = sorted(folder.iterdir())
    with pytest.raises(ProfileError, match=r"generic/b\.yaml 的“traps”在 generic/a\.yaml 里已经有了"):
        _joined(Layer("generic.yaml", {}, {}), parts)
    with pytest.raises(ProfileError, match=r"generic/b\.yaml 的“units”在 generic\.yaml 里已经有了"):
        _joined(Layer("generic.yaml", {"units": []}, {}), parts)


def test_what_lies_beside_a_house_profile_is_no_part_of_it(tmp_path: Path) -> None:
    house = tmp_path / "本校.yaml"
    house.write_text("extends: provincial\ntraps: [双百行动]\n", encoding="utf-8")
    before = load(house).sections
    (tmp_path / "本校").mkdir()
    (tmp_path / "本校" / "旧稿.yaml").write_text("midterm: {ratio: 0.9}\n", encoding="utf-8")
    (tmp_path / "generic").mkdir()
    (tmp_path / "generic" / "units.yaml").write_text("units: 3\n", encoding="utf-8")
    house.write_text("extends: provincial\ntraps: [双百行动, 三色预警]\n", encoding="utf-8")
    assert load(house).sections == before
