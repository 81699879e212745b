"""Write the English catalogue's list of texts from the sources, and compile it; `--check` only says whether it is true.

No gettext program is needed: Django turns a template into something like Python, and Babel finds the calls in it.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/taizhang/web"
CORE = (
    ROOT / "src/taizhang/core"
)  # knows no gettext: its sentences are made by `phrase` and `joined`, said by the pages
CATALOGUE = SOURCE / "locale/en/LC_MESSAGES/django.po"
# `lazy` and `_` are the names under which our modules import gettext_lazy and gettext.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
HEADER = "# English texts of the site. Written by make messages: change the msgstr lines only, then run it again."


def texts() -> Iterator[tuple[str, object]]:
    """Each text of the site with the file that it stands in; a text with a plural is a pair."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield from found(path, path.read_bytes())
    for path in sorted(CORE.rglob("*.py")):
        yield from ((f"{path.parent.name}/{path.name}", form) for form in spoken(path.read_text(encoding="utf-8")))
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        # Django's stand-in for a template keeps its indents, which mean nothing and which Python's reader would refuse.
        lines = templatize(path.read_text(encoding="utf-8"), origin=path.name).splitlines()
        yield from found(path, "\n".join(line.lstrip() for line in lines).encode())


def found(path: Path, source: bytes) -> Iterator[tuple[str, object]]:
    """The texts of one file."""
    for _line, message, _comments, _context in extract("python", BytesIO(source), keywords=KEYWORDS):
        if message:
            yield path.relative_to(SOURCE).as_posix(), message


def spoken(source: str) -> Iterator[str]:
    """The forms of the sentences that a module of the core makes; they stand within one another, which Babel misses."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"phrase", "joined"}:
            form = node.args[0] if node.args else None
            if isinstance(form, ast.Constant) and isinstance(form.value, str) and form.value:
                yield form.value


def gathered(known: Catalog) -> Catalog:
    """A catalogue of all texts there are, with the translations that are known; what is no longer said falls away."""
    new = Catalog(locale="en", fuzzy=False, header_comment=HEADER, project="taizhang", version="0")
    for file, message in texts():
        new.add(message, locations=[(file, None)])  # type: ignore[arg-type,list-item]  # a line number would change with every edit
    for message in new:
        old = known.get(message.id)
        if message.id and old is not None:
            message.string = old.string
    return new


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a file, in the order of its texts."""
    stream = BytesIO()
    write_po(stream, catalogue, width=0, sort_output=True, omit_header=False, include_lineno=False)
    # Dates, tools and mailing lists of the header say nothing here and change without reason.
    kept = (b"Content-T", b"Language: ", b"Plural-Forms", b"MIME")
    lines = [
        line
        for line in stream.getvalue().splitlines()
        if not (line.startswith(b'"') and b": " in line and line.endswith(b'\\n"') and not line[1:].startswith(kept))
        or b"Created" in line
    ]
    return b"\n".join(lines) + b"\n"


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as Django reads it."""
    # The moment of compiling would make every compilation another file.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def untranslated(catalogue: Iterable[Message]) -> list[str]:
    """The texts without an English one."""
    return [str(message.id) for message in catalogue if message.id and not all(_strings(message))]


def _strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def read(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as it stands; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as stream:
        return read_po(stream, locale="en")


def main() -> int:
    """Bring both files up to date, or with --check say whether they are."""
    settings.configure(USE_I18N=True)
    catalogue = gathered(read())
    files = {CATALOGUE: written(catalogue), CATALOGUE.with_suffix(".mo"): b""}
    files[CATALOGUE.with_suffix(".mo")] = compiled(read_po(BytesIO(files[CATALOGUE]), locale="en"))
    if "--check" in sys.argv:
        stale = [path.name for path, content in files.items() if not path.exists() or path.read_bytes() != content]
        print("\n".join(f"{name} is not as the sources are: run `make messages`" for name in stale), end="")
        return int(bool(stale))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        path.write_bytes(content)
    missing = untranslated(catalogue)
    print(f"{len(catalogue)} texts, {len(missing)} without English")
    return 0


if __name__ == "__main__":
    sys.exit(main())
