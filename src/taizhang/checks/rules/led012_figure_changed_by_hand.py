"""LED012: a figure bound to the ledger reads otherwise than it was printed."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Place, Problem, rule
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Block, BoundFigure, Document, Table

_SHOWN = 40  # characters of a text that a message quotes


@rule("LED012", kind="cross_document", severity="warning", since="0.4")
def figure_changed_by_hand(context: Context) -> Iterator[Problem]:
    """台账写出的报告里，绑定的数被人手改过。

    ## 为什么
    台账写出的 Word 报告，每个数都连着它在台账里的地址。数在 Word 里改了而台账没有改，报告和台账就对不上，专家核对佐证时会问哪一个是真的。应当改台账，再运行 taizhang refresh 刷新报告。

    ## 不合格
    本年度建成实训基地 8 个。

    ```bound
    - {地址: 'indicator:1.1.1:actual@2024', 名称: 指标 1.1.1 实现值, 打印: '7', 现在: '8'}
    ```

    ## 合格
    本年度建成实训基地 7 个。

    ```bound
    - {地址: 'indicator:1.1.1:actual@2024', 名称: 指标 1.1.1 实现值, 打印: '7', 现在: '7'}
    ```

    ## 例外
    只是前后多了空格的不报。

    ## 局限
    只查台账写出的 Word 报告，而且不需要台账在旁：写出时的原文记在文件里。别的程序另存时若丢了这份记录或全部绑定，就查不出来；绑定全丢了的，作一条提示。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；报告与台账一致是本项目的约定。
    """
    for document in context.documents:
        if document.unbound and document.blocks:
            yield _lost(document, document.blocks[0])
        changed = [each for each in document.bound if _words(each.text) != _words(each.printed)]
        cells = _cells(document) if changed else {}
        for each in changed:
            name = each.name or each.key
            now = f"改成了“{_short(each.text)}”" if each.text else "被删掉了"
            table, row = cells.get(_place(each), (None, None))
            yield Problem(
                source=each.source,
                message=f"{name}在报告写出时是“{_short(each.printed)}”，后来{now}；台账地址 {each.key}",
                text=each.text or "-",
                printed=each.text,
                expected=each.printed,
                table=table,
                row=row,
            )


def _lost(document: Document, first: Block) -> Problem:
    """All bindings are gone, as some programs leave a file that they save: LibreOffice 7.4 does."""
    return Problem(
        source=first.source if isinstance(first, Table) else first.at(),
        message=f"报告原有 {document.unbound} 个数绑定台账，另存它的程序把绑定全丢了，手改没改查不出来；请在台账写出的原件上用 Word 改",
        text="-",
        severity=Severity.INFO,
    )


def _words(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"


def _place(figure: BoundFigure) -> Place:
    return Place((figure.source.paragraph, figure.source.line))


def _cells(document: Document) -> dict[Place, tuple[Table, str]]:
    """The table and the label of the row in which each paragraph stands."""
    return {
        Place((piece.source.paragraph, piece.source.line)): (table, line[0].text.strip())
        for table in document.tables
        for line in table.body
        for cell in line
        for piece in cell.pieces
    }
