"""A program that acts for a person by a token: the REST interface, with refusals in words."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from signage.demo.journey.browser import PATIENCE, Browser, Unexpected

PREFIX = "/api/v1"
_SHAPE = re.compile("sgn_[A-Za-z0-9_-]+")


class Program:
    """One token at work. Answers are plain values as they stand in the JSON."""

    def __init__(self, address: str, *, name: str, token: str) -> None:
        self.name = name
        self._client = httpx.Client(
            base_url=address,
            timeout=PATIENCE,
            trust_env=False,
            headers={"Authorization": f"Bearer {token}"},
        )

    @classmethod
    def of(cls, browser: Browser, address: str, *, scopes: list[str]) -> "Program":
        """Return a program with a token that the person at `browser` makes on the page."""
        page = browser.open("/tokens")
        page = browser.send(page, "/tokens", {"name": "signage demo --check", "scopes": scopes})
        return cls(address, name=browser.name, token=page.find(_SHAPE.pattern))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def read(self, path: str, **query: str | int) -> Any:
        """Read something."""
        return self._answer(self._client.get(PREFIX + path, params=query), expect=(200,))

    def send(
        self, path: str, body: Mapping[str, Any] | None = None, *, method: str = "POST"
    ) -> Any:
        """Do something; raises Unexpected with the sentence when it is refused."""
        answer = self._client.request(method, PREFIX + path, json=body)
        return self._answer(answer, expect=(200, 201))

    def refused(self, path: str, body: Mapping[str, Any]) -> str:
        """Try what must be refused; returns the Vietnamese sentence of the refusal."""
        answer = self._client.post(PREFIX + path, json=body)
        if answer.status_code < 400:
            raise Unexpected(f"{self.name}: POST {path} was not refused")
        return str(answer.json()["error"]["message_vi"])

    def upload(self, path: Path) -> Any:
        """Upload a picture."""
        with path.open("rb") as content:
            files = {"file": (path.name, content, "image/jpeg")}
            answer = self._client.post(
                f"{PREFIX}/assets", files=files, data={"no_state_secret": "yes"}
            )
        return self._answer(answer, expect=(201,))

    def fetch(self, path: str) -> bytes:
        """Fetch the bytes of a picture."""
        answer = self._client.get(path)
        if answer.status_code != 200:
            raise Unexpected(f"{self.name}: GET {path} answered {answer.status_code}")
        return answer.content

    def _answer(self, answer: httpx.Response, *, expect: tuple[int, ...]) -> Any:
        if answer.status_code not in expect:
            raise Unexpected(
                f"{self.name}: {answer.request.method} {answer.url.path} answered"
                f" {answer.status_code}: {answer.text[:400]}"
            )
        return answer.json()
