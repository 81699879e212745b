"""How many cells stand where they should: produced tables are laid beside the true ones in order, one to one."""

import importlib.util
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from readers import Grid


def scorer(tools: Path) -> ModuleType:
    """The shared scorer, for what counts as equal text and how rows are aligned."""
    spec = importlib.util.spec_from_file_location("shared_score", tools / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(tools)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def truth(path: Path) -> list[Grid]:
    """The true grids, merged cells filled: as rows of a page, or with flattened columns on top."""
    held = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(held, dict):
        return [table["grid"] for table in held["tables"]]
    return [[table["columns"], *table["rows"]] for table in held]


def f1(score: ModuleType, true: list[Grid], produced: list[Grid]) -> tuple[float, int]:
    """Cell F1 and the number of tables found whole and right.

    A true table meets at most one produced table: what a page break cut and the tool left apart is lost, except
    for the best piece.
    """
    gold, read = _plain(score, true), _plain(score, produced)
    matched = [(score.matched_cells(gold[i], read[j]), i, j) for i, j in _pairs(gold, read)]
    hit = sum(cells for cells, _, _ in matched)
    whole = sum(cells == _size([gold[i]]) == _size([read[j]]) for cells, i, j in matched)
    return 2 * hit / max(_size(gold) + _size(read), 1), whole


def _plain(score: ModuleType, grids: Iterable[Grid]) -> list[Grid]:
    return [[[score.plain(cell) for cell in row] for row in grid] for grid in grids]


def _size(grids: Iterable[Grid]) -> int:
    return sum(len(row) for grid in grids for row in grid)


def _pairs(gold: list[Grid], read: list[Grid]) -> list[tuple[int, int]]:
    """The order-preserving pairing that shares most cell texts."""
    bags = [[Counter(cell for row in grid for cell in row) for grid in grids] for grids in (gold, read)]
    likeness = [[(a & b).total() for b in bags[1]] for a in bags[0]]
    best = [[0] * (len(read) + 1) for _ in range(len(gold) + 1)]
    for i in range(len(gold) - 1, -1, -1):
        for j in range(len(read) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(gold) and j < len(read):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
