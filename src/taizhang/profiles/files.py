"""The files that a profile is made of: which there are, what each says by itself, and which extends which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from taizhang.core.errors import ProfileError
from taizhang.located import malformed

_FOLDER = Path(__file__).resolve().parent
_GENERAL = _FOLDER / "generic.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one profile says by itself. A shipped one may be written in parts, and `parts` says which holds a key."""

    file: str
    sections: Mapping[str, Any]
    parts: Mapping[str, str]

    def file_of(self, key: str) -> str:
        """The file in which a key stands, with or without those below it after dots."""
        return self.parts.get(key.partition(".")[0], self.file)

    @property
    def files(self) -> frozenset[str]:
        """All files of the layer."""
        return frozenset({self.file, *self.parts.values()})


def shipped() -> tuple[str, ...]:
    """The names of the profiles that come with the program."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def located(name: str | Path) -> Path:
    """The file of the profile of that name, or the file itself."""
    if isinstance(name, str) and name in shipped():
        return _FOLDER / f"{name}.yaml"
    path = Path(name)
    if path.is_dir():
        raise ProfileError(f"{name} 是文件夹；口径配置是一个 YAML 文件，请写到文件名为止。")
    if not path.is_file():
        raise ProfileError(f"没有名为“{name}”的口径配置，也没有这个文件。随附的有：{'、'.join(shipped())}。")
    return path.resolve()


def layers(name: str | Path) -> tuple[Layer, ...]:
    """What a profile is made of, the one that all others extend first."""
    return _layers(located(name), ())


def _layers(path: Path, seen: tuple[Path, ...]) -> tuple[Layer, ...]:
    if path in seen:
        raise ProfileError(f"口径配置 {path.name} 的 extends 绕成了圈，请改正。")
    own = dict(_parsed(path, path.stat().st_mtime_ns))
    base = own.pop("extends", None)
    layer = _joined(Layer(path.name, own, {}), _parts(path))
    if path == _GENERAL:
        return (layer,)
    if path.parent != _FOLDER:
        _refuse_unknown(layer)
    if base is None:  # the general conventions stand under every other: no rule can do without them
        return (*_layers(_GENERAL, (*seen, path)), layer)
    beside = path.parent / f"{base}.yaml"
    parent = beside if beside.is_file() and beside != path else located(str(base))
    return (*_layers(parent, (*seen, path)), layer)


def _refuse_unknown(house: Layer) -> None:
    """A key that no shipped profile has would be read by nobody: most often a slip of the pen."""
    known = _known()
    for key in house.sections:
        if key not in known:
            near = get_close_matches(str(key), known, 1)
            hint = f"，是不是“{near[0]}”？" if near else "；"
            raise ProfileError(
                f"口径配置 {house.file} 有认不出的键“{key}”{hint}可以写的键见 taizhang profile generic --all。"
            )


@cache
def _known() -> frozenset[str]:
    return frozenset(key for name in shipped() for layer in layers(name) for key in layer.sections)


def _parts(path: Path) -> list[Path]:
    """Only shipped profiles have any: what else lies beside a house's own file is none of ours."""
    return sorted((_FOLDER / path.stem).glob("*.yaml")) if path.parent == _FOLDER else []


def _joined(layer: Layer, parts: Sequence[Path]) -> Layer:
    """A layer with its parts. None decides over another, so no key may stand twice."""
    sections = dict(layer.sections)
    found: dict[str, str] = {}
    for path in parts:
        name = f"{path.parent.name}/{path.name}"
        for key, value in _parsed(path, path.stat().st_mtime_ns).items():
            if key in sections:
                there = found.get(key, layer.file)
                raise ProfileError(f"口径配置 {name} 的“{key}”在 {there} 里已经有了。同一个键只写在一处，请删去一处。")
            sections[key] = value
            found[key] = name
    return Layer(layer.file, sections, found)


@lru_cache(maxsize=64)
def _parsed(path: Path, _changed: int) -> Mapping[str, Any]:
    """A file as it stands. Not to be changed: it is kept for the next profile that extends it."""
    try:
        loader = _LOADER(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        again = next(_written_again(root), None)
        if again is not None:
            line = again.start_mark.line + 1
            raise ProfileError(f"口径配置 {path.name} 第 {line} 行的“{again.value}”前面已经写过，请合成一处。")
        own = loader.construct_document(root) if root is not None else None
    except UnicodeDecodeError as error:
        raise ProfileError(f"口径配置 {path.name} 不是 UTF-8 编码，请另存为 UTF-8。") from error
    except yaml.YAMLError as error:
        raise ProfileError(f"口径配置 {path.name} {malformed(error)}") from error
    if not isinstance(own, dict):
        raise ProfileError(f"口径配置 {path.name} 的最外层应是“键: 值”。")
    return own


def _written_again(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The keys that stand a second time in their mapping: YAML would take the last and drop the others in silence."""
    waiting = [root]
    met: set[int] = set()  # an alias brings a node in again, even into itself
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            first = {key.value: key for key in reversed(keys)}
            yield from (key for key in keys if first[key.value] is not key)
            waiting.extend(value for _, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
