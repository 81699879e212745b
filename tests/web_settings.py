"""The site's own settings, with a data folder that goes when the tests go, and fast passwords."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="taizhang-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["TAIZHANG_DATA"] = _folder
os.environ["TAIZHANG_HOSTS"] = "testserver,localhost,127.0.0.1"

from taizhang.web.settings import *  # noqa: E402, F403 - the settings read the environment when they are imported

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405 - as above
