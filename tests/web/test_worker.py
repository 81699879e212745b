"""The worker beside the site lives as long as the site, and is started again when it dies."""

import sys
import time

from taizhang.web.worker import beside


def waited_for(path, lines):
    for _ in range(200):
        if path.exists() and path.read_text().count("\n") >= lines:
            return True
        time.sleep(0.05)
    return False


def test_a_worker_that_dies_is_started_again_and_goes_with_the_site(tmp_path):
    log = tmp_path / "log"
    script = f"open({str(log)!r}, 'a').write('began\\n')"
    with beside((sys.executable, "-c", script), pause=0.01) as thread:
        assert waited_for(log, 3)
    assert not thread.is_alive()


def test_a_worker_is_ended_with_the_site(tmp_path):
    log = tmp_path / "log"
    script = f"import time; open({str(log)!r}, 'a').write('began\\n'); time.sleep(60)"
    begun = time.monotonic()
    with beside((sys.executable, "-c", script)) as thread:
        assert waited_for(log, 1)
    assert not thread.is_alive() and time.monotonic() - begun < 30
