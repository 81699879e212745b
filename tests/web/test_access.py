"""Who gets what answer from each route: tests/web/access.md is the whole table, and the site answers as it says.

A new route fails here until it has its rows: `make golden` writes them, and whoever adds them reads each one. What an
address and its form need is said in tests/web_access.py.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from web_access import addresses, body_of, lock_and_give, prepare, world

TABLE = Path(__file__).parent / "access.md"
# A column of the table: whose browser it is, and whether the items are locked and given to the expert.
COLUMNS = {
    "未登录": (None, False),
    "填报人": ("reporter", False),
    "他部门填报人": ("colleague", False),
    "负责人": ("lead", False),
    "建设组负责人": ("team_lead", False),
    "双高办": ("office", False),
    "管理员": ("admin", False),
    "专家": ("expert", False),
    "专家（已分派）": ("expert", True),
    "省厅": ("province", False),
    "省厅（已锁定）": ("province", True),
    "外校双高办": ("outsider", False),
    "无角色": ("nobody", False),
}
HEAD = """# 谁从哪个地址得到什么

由 `tests/web/test_access.py` 逐格核对，`make golden` 重写；每一行都要有人读过。

- 200：看得到。302：未登录时去登录页，登录后是办完了、去下一页。
- 400、409、422：轮到这个人办，但内容不全或时机不对，附一句话说明。
- 403：看得到，但不能做。404：不该知道有没有。405：这个地址不收这种请求；所有人都得 405 的请求不列。

对象都属于云岭职业技术学院教务处，“外校双高办”是望海职业学院的；“已分派”“已锁定”是该轮已分派给这位专家、填报项已锁定之后。
"""
Row = tuple[str, str]


@pytest.fixture
def made(scene, vault_folder):
    return world(scene)


def answers(made, column):
    """What each route answers to one kind of person: {(method, address): status}; nothing that is done stays done."""
    role, locked = COLUMNS[column]
    key = session_of(getattr(made.scene.people, role)) if role else None
    found = {}
    with undone():
        if locked:
            lock_and_give(made)
        for route, text, where in addresses(made):
            for method, body in (("GET", {}), ("POST", body_of(made, route.name))):
                with undone():
                    prepare(made, route.name)
                    found[method, text] = status_of(key, method, where, body)
    # What was undone in the database is undone here too: the next column begins where this one did.
    for thing in (made.entry, made.record, made.inquiry):
        thing.refresh_from_db()
    return found


class undone(transaction.Atomic):  # noqa: N801 - used like the function it stands for
    """A transaction that is rolled back."""

    def __init__(self):
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *details):
        transaction.set_rollback(True)
        super().__exit__(*details)


def session_of(person):
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def status_of(key, method, where, body):
    browser = Client()
    if key:
        browser.cookies[settings.SESSION_COOKIE_NAME] = key
    return getattr(browser, method.lower())(where, body).status_code


def read_table() -> dict[Row, dict[str, int]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    names = cells[0][2:]
    return {
        (row[0], row[1].strip("`")): dict(zip(names, map(int, row[2:]), strict=True))
        for row in cells[1:]
        if "---" not in row[0]
    }


def write_table(found: dict[str, dict[Row, int]]) -> None:
    rows = [
        f"| {method} | `{where}` | {' | '.join(str(found[name][method, where]) for name in COLUMNS)} |"
        for method, where in next(iter(found.values()))
        if {found[name][method, where] for name in COLUMNS if COLUMNS[name][0]} != {405}
    ]
    head = [f"| | 地址 | {' | '.join(COLUMNS)} |", "| --- | --- |" + " ---: |" * len(COLUMNS)]
    TABLE.write_text("\n".join([HEAD, *head, *rows, ""]), encoding="utf-8", newline="\n")


@pytest.mark.parametrize("column", COLUMNS)
def test_every_route_answers_as_the_table_says(made, column, rewrites_golden):
    if rewrites_golden:
        pytest.skip("the table is being rewritten")
    table = read_table()
    found = answers(made, column)
    wrong = {
        row: f"{status} instead of {table[row][column]}" if row in table else f"{status}, and no row"
        for row, status in found.items()
        if (row in table and table[row][column] != status) or (row not in table and not is_closed(column, status))
    }
    assert wrong == {}, "run `make golden`, then read every changed row of tests/web/access.md"
    assert set(table) - set(found) == set()


def is_closed(column, status):
    """A method that an address does not take has no row; strangers are sent to the login before anyone asks."""
    return status in ({405} if COLUMNS[column][0] else {302, 405})


def test_the_table_is_rewritten_when_asked(made, rewrites_golden):
    if not rewrites_golden:
        pytest.skip("only `make golden` writes")
    write_table({column: answers(made, column) for column in COLUMNS})
