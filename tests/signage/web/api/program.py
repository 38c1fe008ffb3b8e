"""A program at the REST interface."""

import io
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


class Program:
    """Sends JSON with a bearer token; keeps no cookie."""

    def __init__(self, app: Flask, secret: str | None = None) -> None:
        self._client = app.test_client(use_cookies=False)
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> TestResponse:
        return self._client.open(
            f"/api/v1{path}", method=method, json=body, headers=self._headers, **more
        )

    def get(self, path: str) -> Any:
        return self._good(self.ask("GET", path))

    def post(self, path: str, body: Any = None) -> Any:
        return self._good(self.ask("POST", path, body))

    def put(self, path: str, body: Any) -> Any:
        return self._good(self.ask("PUT", path, body))

    def upload(self, data: bytes, name: str) -> TestResponse:
        return self._client.post(
            "/api/v1/assets",
            data={"file": (io.BytesIO(data), name), "no_state_secret": "yes"},
            headers=self._headers,
        )

    def _good(self, answer: TestResponse) -> Any:
        assert answer.status_code < 300, answer.text
        return answer.get_json()
