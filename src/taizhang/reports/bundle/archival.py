"""PDF/A copies of office files, made by LibreOffice where it is installed: what archives take for long keeping."""

import os
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from taizhang.documents.package import OLE2

_ZIPPED = frozenset({".docx", ".odt", ".xlsx", ".ods", ".pptx", ".odp"})
_OLD = frozenset({".doc", ".wps", ".xls", ".et", ".ppt", ".dps"})
CONVERTIBLE = _ZIPPED | _OLD | {".rtf"}
MISSING = "本机没有安装 LibreOffice，没有做 PDF/A 副本；装好后重新打包即可。"
_PDF_A = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'  # PDF/A-2b, DA/T 47
_SECONDS_EACH, _SECONDS_START = 30, 60


@dataclass(frozen=True, slots=True)
class Converter:
    """LibreOffice, found on this machine."""

    program: Path

    @classmethod
    def found(cls) -> "Converter | None":
        """The one on the path; None where there is none."""
        program = shutil.which("soffice") or shutil.which("libreoffice")
        return None if program is None else cls(Path(program))

    def convert(self, files: Sequence[Path], folder: Path) -> dict[Path, Path]:
        """The copies, in `folder`, by what they are of; what could not be converted has none.

        It runs in a profile of its own, that neither a running LibreOffice nor its settings matter.
        """
        files = [file for file in files if _is_whole(file)]
        if not files:
            return {}
        with TemporaryDirectory(prefix="taizhang-office-") as profile:
            command = [
                str(self.program), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
                "--convert-to", _PDF_A, "--outdir", str(folder), *map(str, files),
            ]  # fmt: skip
            seconds = _SECONDS_START + _SECONDS_EACH * len(files)
            quiet = subprocess.DEVNULL
            process = subprocess.Popen(  # noqa: S603 - LibreOffice, with paths that we named
                command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
            )
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:  # one file that never ends must not hold up the bundle
                _end(process)
        made = {file: folder / f"{file.stem}.pdf" for file in files}
        return {file: copy for file, copy in made.items() if copy.exists() and copy.stat().st_size}


def _is_whole(file: Path) -> bool:
    """Whether a file is of the format that it claims: LibreOffice prints the bytes of any other as if it were text."""
    with file.open("rb") as stream:
        start = stream.read(8)
    if file.suffix in _ZIPPED:
        return zipfile.is_zipfile(file)
    return start.startswith((OLE2, b"{\\rtf", b"PK"))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
