"""A data folder with a real database file, and processes that work on it: to be killed, or to run side by side."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

SCENE = textwrap.dedent("""
    import django
    django.setup()
    from django.core.management import call_command
    from web_people import cast
    call_command("migrate", verbosity=0)
    cast()
""")


class OwnSite:
    """The folder, and processes whose ledger it is."""

    def __init__(self, folder):
        self.environment = {
            **os.environ, "TAIZHANG_DATA": str(folder), "TAIZHANG_DATABASE": "",
            "DJANGO_SETTINGS_MODULE": "taizhang.web.settings",
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]),
        }  # fmt: skip

    def run(self, *words, **more):
        return subprocess.run([sys.executable, *words], env=self.environment, check=True, text=True, **more)

    def begin(self, program, *words, **more):
        words = [sys.executable, "-c", program, *words]
        return subprocess.Popen(words, env=self.environment, stdout=subprocess.PIPE, text=True, **more)
