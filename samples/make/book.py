"""The notation in which a college's year is written down once: figures, task points, prose.

    # 2|人才培养提质                 an area
    数|校级在线课程|门|10,12|10,13    a figure: category, name, unit, plan of 2022,2023, done in 2022,2023
    = 2-1|课程建设                   a sub-task
    22|plan|done|50                 a task point of 2022: plan, completion, rate where it is not 100
    ~ prose

“name@” (or “name达到@”, “name不少于@”) becomes the name with its value and unit: in a plan the planned one of that
year, in a completion the one reached; “name@累” is what both years reached together. So no figure is written twice.
"""

import re
from decimal import Decimal
from typing import NamedTuple

YEARS = ("22", "23")


class Figure(NamedTuple):
    """A quantity of the college with its plan and its result in both years, as printed."""

    category: str
    name: str
    unit: str
    plan: tuple[str, str]
    done: tuple[str, str]

    @property
    def both(self) -> str:
        """What both years reached together."""
        return str(sum(Decimal(value) for value in self.done))

    def with_unit(self, value: str) -> str:
        """The value as prose prints it."""
        return f"{value}%" if self.unit == "%" else f" {value} {self.unit}"


class Point(NamedTuple):
    """A task point: what was planned for a year and what became of it."""

    year: str
    plan: str
    done: str
    rate: Decimal


class SubTask(NamedTuple):
    """A sub-task with its points."""

    code: str
    name: str
    points: tuple[Point, ...]

    def of(self, year: str) -> tuple[Point, ...]:
        """The points of one year."""
        return tuple(point for point in self.points if point.year == year)


class Area(NamedTuple):
    """A task of the college: figures, sub-tasks and a paragraph."""

    code: str
    name: str
    figures: tuple[Figure, ...]
    subtasks: tuple[SubTask, ...]
    prose: str

    @property
    def points(self) -> tuple[Point, ...]:
        """All points of the area."""
        return tuple(point for subtask in self.subtasks for point in subtask.points)

    def count(self, year: str | None = None) -> int:
        """How many task points there are."""
        return sum(point.year == year or year is None for point in self.points)

    def complete(self, year: str | None = None) -> int:
        """How many task points are fully done."""
        return sum((point.year == year or year is None) and point.rate == 100 for point in self.points)

    def category(self, category: str) -> tuple[Figure, ...]:
        """The figures of one category that have a target in 2023."""
        return tuple(figure for figure in self.figures if figure.category == category and figure.plan[1] != "0")


def _filled(text: str, figures: dict[str, Figure], year: str, planned: bool) -> str:
    def value(found: re.Match[str]) -> str:
        words = found[1]
        stem = words.removesuffix("达到").removesuffix("不少于")
        start = next((i for i in range(len(stem)) if stem[i:] in figures), None)
        if start is None:
            raise KeyError(f"no figure at the end of “{words}”")
        figure = figures[stem[start:]]
        if found[2]:
            return words + figure.with_unit(figure.both)
        return words + figure.with_unit((figure.plan if planned else figure.done)[YEARS.index(year)])

    return re.sub(r"([^，。；、：（）]*?)@(累?)", value, text)


def _figure(line: str) -> Figure:
    category, name, unit, plan, done = line.split("|")
    first, second = plan.split(",")
    was, now = done.split(",")
    return Figure(category, name, unit, (first, second), (was, now))


def _point(line: str, figures: dict[str, Figure]) -> Point:
    year, plan, done, *rate = line.split("|")
    rest = Decimal(rate[0]) if rate else Decimal(100)
    return Point(year, _filled(plan, figures, year, True), _filled(done, figures, year, False), rest)


def _area(text: str) -> Area:
    head, *lines = [line.strip() for line in text.strip().splitlines()]
    code, name = head.split("|")
    figures = tuple(_figure(line) for line in lines if line[0] in "数质")
    named = {figure.name: figure for figure in figures}
    subtasks: list[SubTask] = []
    for line in lines:
        if line[0] == "=":
            code_of, _, name_of = line[2:].partition("|")
            subtasks.append(SubTask(code_of, name_of, ()))
        elif line[0] == "2":
            last = subtasks[-1]
            subtasks[-1] = last._replace(points=(*last.points, _point(line, named)))
    prose = next((line[2:] for line in lines if line[0] == "~"), "")
    return Area(code, name, figures, tuple(subtasks), _filled(prose, named, "23", False))


def areas_of(text: str) -> tuple[Area, ...]:
    """The areas that the notation describes."""
    return tuple(_area(part) for part in re.split(r"^# ", text, flags=re.MULTILINE) if part.strip())
