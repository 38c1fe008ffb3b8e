"""A peer whose players poll: `libresignage` 0.9.0 of PyPI, asked by 218 clients every two seconds.

Runs in an environment of its own, made in `.setup/peers` on first use. Its clients do what its
page does (`dashboard/static/js/screen-watcher.js`): ask for the status, wait `poll_after_ms`, ask.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from signage.demo.ports import any_free

PACKAGE = "libresignage==0.9.0"
ALERTS = int(os.environ.get("PEER_ALERTS", "8"))
SERVERS = 2
"""Processes of gunicorn, one for each core of a small machine."""
ROOT = Path(__file__).resolve().parents[1]
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

_SETTLE = """
import sys
from libresignage import create_app
app = create_app()
with app.app_context():
    from libresignage.auth.store import create_api_token, create_user
    from libresignage.dashboard.store import create_screen
    user = create_user(username="bench", password="a long password", role="admin")
    for number in range(int(sys.argv[1])):
        create_screen(name=f"Screen {number}", slug=f"screen-{number}")
    print(create_api_token(user, name="bench", expires_at=None)[1])
"""


def milliseconds_to_the_last(screens: int) -> list[float] | None:
    """From asking for an emergency until the last of `screens` clients has read of it, for each
    alert; None where the package can't be had."""
    try:
        python = _environment()
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"the peer is left out: {error}", file=sys.stderr)
        return None
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "LIBRESIGNAGE_SECRET_KEY": "bench" * 8,
            "LIBRESIGNAGE_DATABASE": f"{folder}/peer.sqlite3",
            "LIBRESIGNAGE_UPLOAD_FOLDER": f"{folder}/uploads",
        }
        settled = subprocess.run(
            [python, "-c", _SETTLE, str(screens)],
            env=surroundings,
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        (port,) = any_free(1)
        server = subprocess.Popen(
            [
                *(python, "-m", "gunicorn", "-w", str(SERVERS), "-b", f"127.0.0.1:{port}"),
                *("--log-level", "error", "libresignage:create_app()"),
            ],
            env=surroundings,
            cwd=folder,
        )
        try:
            _wait_for(port)
            token = settled.stdout.split()[-1]
            return asyncio.run(_measured(port, token, screens))
        finally:
            server.terminate()
            server.wait(10)


def _environment() -> str:
    folder = ROOT / ".setup" / "peers" / "libresignage"
    python = folder / "bin" / "python"
    if not (folder / "bin" / "gunicorn").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", PACKAGE, "gunicorn"], check=True)
    return str(python)


async def _measured(port: int, token: str, screens: int) -> list[float]:
    modes = [_Screen(port, number) for number in range(screens)]
    polling = [asyncio.create_task(one.poll()) for one in modes]
    took = []
    for _ in range(ALERTS):
        await asyncio.sleep(2.5 + random.random())
        for one in modes:
            one.read_at = 0
        asked = time.time_ns()
        words = {
            "title": "Lũ khẩn cấp",
            "message": "Lên chỗ cao.",
            "severity": "critical",
            "screen_ids": list(range(1, screens + 1)),
        }
        made = await asyncio.to_thread(_post, port, token, "/api/v1/emergencies", words)
        while not all(one.read_at for one in modes):
            await asyncio.sleep(0.01)
        took.append((max(one.read_at for one in modes) - asked) / 1e6)
        await asyncio.to_thread(
            _post, port, token, f"/api/v1/emergencies/{made['data']['id']}/clear", {}
        )
    for task in polling:
        task.cancel()
    return took


class _Screen:
    """One client; `read_at` is when it read of an emergency, in ns, or 0."""

    def __init__(self, port: int, number: int) -> None:
        self._port, self._path = port, f"/dashboard/screens/screen-{number}/status"
        self.read_at = 0

    async def poll(self) -> None:
        await asyncio.sleep(2 * random.random())
        while True:
            status = await self._status()
            if status["playback_mode"] == "emergency":
                self.read_at = self.read_at or time.time_ns()
            await asyncio.sleep(status["poll_after_ms"] / 1000)

    async def _status(self) -> dict[str, Any]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(f"GET {self._path} HTTP/1.0\r\nHost: peer\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        found: dict[str, Any] = json.loads(answer.partition(b"\r\n\r\n")[2])
        return found


def _post(port: int, token: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with _DIRECT.open(request, timeout=30) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def _wait_for(port: int) -> None:
    address = f"http://127.0.0.1:{port}/dashboard/screens/screen-0/status"
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            _DIRECT.open(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the peer did not start")
