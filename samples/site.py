"""Start and stop the demonstration site, on any system: what `make demo` and `make stop` do."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

PATIENCE_SECONDS = 60


def start(report: str, folder: Path, port: str) -> int:
    """Load the invented college once, start the site in the background, and wait until it answers."""
    stop(folder)
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "TAIZHANG_DATA": str(folder.resolve())}
    for words in (["manage", "migrate", "--verbosity", "0"], ["manage", "demo", report]):
        done = subprocess.run([sys.executable, "-m", "taizhang", *words], env=environment, check=False)
        if done.returncode:
            return done.returncode
    log = folder / "site.log"
    with log.open("wb") as out:
        site = subprocess.Popen(
            [sys.executable, "-m", "taizhang", "serve", "--port", port], env=environment, stdin=subprocess.DEVNULL,
            stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    (folder / "pid").write_text(str(site.pid), encoding="ascii")
    address = f"http://127.0.0.1:{port}/"
    for _ in range(PATIENCE_SECONDS * 5):
        if site.poll() is not None:
            print(f"网站没有启动（端口 {port} 可能被占用，可以 make demo PORT=8001），详见 {log}")
            return 1
        if answers(f"{address}login/"):
            print(f"\n台账网站：{address}   用上面任意一个登录名进入；停止：make stop")
            return 0
        time.sleep(0.2)
    print(f"网站 {PATIENCE_SECONDS} 秒内没有应答，详见 {log}")
    return 1


def answers(address: str) -> bool:
    """Whether the site is there."""
    try:
        with urllib.request.urlopen(address, timeout=2) as page:  # noqa: S310 - our own address
            return bool(page.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def stop(folder: Path) -> int:
    """End the site that was started from this folder, if it still runs."""
    place = folder / "pid"
    if not place.exists():
        return 0
    number = int(place.read_text(encoding="ascii"))
    place.unlink()
    try:
        os.kill(number, signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return 0
    for _ in range(50):
        time.sleep(0.1)
        try:
            os.kill(number, 0)
        except OSError:
            break
    return 0


def main() -> int:
    """`site.py start|stop REPORT FOLDER PORT`."""
    act, report, folder, port = sys.argv[1:]
    return start(report, Path(folder), port) if act == "start" else stop(Path(folder))


if __name__ == "__main__":
    sys.exit(main())
