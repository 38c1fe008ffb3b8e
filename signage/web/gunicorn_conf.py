"""How gunicorn serves the pages: one process of threads, because live pages hold one each."""

from pathlib import Path
from typing import Any

from signage.settings import Settings

MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - gunicorn's own heartbeat file, made safely by it


def options(settings: Settings) -> dict[str, Any]:
    """Return gunicorn's settings for `settings`."""
    return {
        "bind": f"{settings.web_host}:{settings.web_port}",
        "worker_class": "gthread",
        "workers": 1,
        "threads": settings.web_threads,
        # Streams never end by themselves in time; they are cut and the browser comes back.
        "graceful_timeout": 2,
        "timeout": 60,
        "keepalive": 5,
        # On a disk the heartbeat file can stall for seconds, and the worker is killed for it.
        "worker_tmp_dir": str(MEMORY_FOLDER) if MEMORY_FOLDER.is_dir() else None,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "proc_name": "signage-web",
    }
