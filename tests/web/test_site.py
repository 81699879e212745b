"""The site starts from nothing, answers, and stops."""

import os
import socket
import subprocess
import sys
import time
import urllib.request


def test_the_site_starts_from_an_empty_folder(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "TAIZHANG_DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": ""}
    environment.pop("DJANGO_SETTINGS_MODULE")
    command = [sys.executable, "-m", "taizhang", "serve", "--port", str(port), "--workers", "1"]
    site = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        page = waited_for(f"http://127.0.0.1:{port}/login/", site)
    finally:
        site.terminate()
        site.wait(20)
    assert "登录名" in page


def waited_for(address, site):
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
                return answer.read().decode()
        except OSError:
            assert site.poll() is None, site.stdout.read()
            time.sleep(0.2)
    raise AssertionError("the site did not answer within two minutes")
