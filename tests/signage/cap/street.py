"""A web server out there, real and on loopback, that serves what a test tells it to."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class Street:
    """Answers by path; `asked` are the paths in order."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []

    def serve(self, path: str, content: bytes, *, etag: str = "", type: str = "text/xml") -> str:  # noqa: A002
        def answer(request: BaseHTTPRequestHandler) -> None:
            if etag and request.headers.get("If-None-Match") == etag:
                request.send_response(304)
                request.end_headers()
                return
            request.send_response(200)
            request.send_header("Content-Type", type)
            request.send_header("Content-Length", str(len(content)))
            if etag:
                request.send_header("ETag", etag)
            request.end_headers()
            request.wfile.write(content)

        return self.answer(path, answer)

    def redirect(self, path: str, to: str) -> str:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(302)
            request.send_header("Location", to)
            request.end_headers()

        return self.answer(path, answer)

    def hang(self, path: str, *, seconds: float = 2.0) -> str:
        return self.answer(path, lambda _request: time.sleep(seconds))

    def endless(self, path: str) -> str:
        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.end_headers()
            for _ in range(100_000):
                request.wfile.write(b" " * 100_000)

        return self.answer(path, answer)

    def answer(self, path: str, answer: Answer) -> str:
        self.answers[path] = answer
        return self.address + path


@contextmanager
def open_street() -> Iterator[Street]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            street.asked.append(self.path)
            try:
                street.answers[self.path](self)
            except (ConnectionError, KeyError):
                self.close_connection = True

        def log_message(self, *_: object) -> None: ...

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Whoever asked has hung up, as the tests of bad lines do."""

    server = Server(("127.0.0.1", 0), Handler)
    street = Street(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield street
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
