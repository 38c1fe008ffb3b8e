"""A person at the pages: cookies, forms with their hidden tokens, uploads, refusals in words."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from signage.demo.journey.forms import Form, forms_of

PATIENCE = 30.0
_TAG = re.compile(r"<[^>]+>")
_WRONG = re.compile(r'class="wrong"[^>]*>(.*?)</p>', re.DOTALL)


class Unexpected(Exception):
    """A page that answered otherwise than it should; the sentence says how."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it came: where it is, how it was answered, and its text."""

    path: str
    status: int
    text: str

    def form(self, action: str) -> Form:
        """Return the first form whose action ends with `action`; raises Unexpected."""
        forms = forms_of(self.text)
        for form in forms:
            if _path(form.action or self.path).endswith(action):
                return form
        there = ", ".join(_path(form.action) for form in forms) or "none"
        raise Unexpected(f"{self.path} has no form {action}; it has {there}")

    def link(self, pattern: str) -> str:
        """Return the first address on the page that `pattern` finds; raises Unexpected."""
        found = re.search(rf'(?:href|action|src)="({pattern})"', self.text)
        if found is None:
            raise Unexpected(f"{self.path} has no address {pattern}: {self.words()[:300]}")
        return html.unescape(found[1])

    def find(self, pattern: str) -> str:
        """Return the first text of the page that `pattern` finds; raises Unexpected."""
        found = re.search(pattern, self.text)
        if found is None:
            raise Unexpected(f"{self.path} has no {pattern}: {self.words()[:300]}")
        return found[0]

    def words(self) -> str:
        """Return what can be read on the page."""
        body = self.text.partition("<main")[2] or self.text
        return " ".join(html.unescape(_TAG.sub(" ", body)).split())


class Browser:
    """One person's browser. Every step is answered with a page; `Unexpected` when it is refused."""

    def __init__(self, address: str, *, name: str) -> None:
        self.name = name
        self._client = httpx.Client(
            base_url=address,
            follow_redirects=True,
            timeout=PATIENCE,
            trust_env=False,  # a proxy has no business on loopback
            headers={"Accept": "text/html", "Accept-Language": "vi"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def sign_in(self, login: str, password: str) -> Page:
        """Sign in by the page."""
        page = self.open("/sign-in")
        return self.send(page, "/sign-in", {"login": login, "password": password})

    def open(self, path: str, *, expect: int = 200) -> Page:
        """Open a page."""
        return self._page(self._client.get(path), expect)

    def send(
        self,
        page: Page,
        action: str,
        values: dict[str, str | list[str]] | None = None,
        *,
        file: Path | None = None,
        expect: int = 200,
    ) -> Page:
        """Fill in the form of `page` that goes to `action`, and send it."""
        form = page.form(action)
        data = form.filled(values or {})
        if form.method == "post" and not any("csrf" in name for name in data):
            raise Unexpected(f"{page.path}: the form {action} carries no token against forgery")
        where = urljoin(page.path, form.action or page.path)
        headers = {"Referer": urljoin(str(self._client.base_url), page.path)}
        if form.method == "get":
            return self._page(self._client.get(where, params=data, headers=headers), expect)
        if file is None:
            answer = self._client.post(where, data=data, headers=headers)
        else:
            with file.open("rb") as content:
                files = {"file": (file.name, content, "image/jpeg")}
                answer = self._client.post(where, data=data, files=files, headers=headers)
        return self._page(answer, expect)

    def post(self, page: Page, path: str, values: dict[str, str], *, expect: int = 200) -> Page:
        """Send what no form of `page` offers, with the token that the page's forms carry."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        if found is None:
            raise Unexpected(f"{page.path} has no form with a token against forgery")
        data = {**values, "csrf_token": found[1]}
        headers = {"Referer": urljoin(str(self._client.base_url), page.path)}
        return self._page(self._client.post(path, data=data, headers=headers), expect)

    def fetch(self, path: str) -> bytes:
        """Fetch a picture of a page."""
        answer = self._client.get(path)
        if answer.status_code != 200:
            raise Unexpected(f"{self.name}: GET {path} answered {answer.status_code}")
        return answer.content

    @contextmanager
    def stream(self, path: str) -> Iterator[httpx.Response]:
        """Open what never ends, such as the news of a live page."""
        with self._client.stream("GET", path, timeout=None) as answer:
            yield answer

    def _page(self, answer: httpx.Response, expect: int) -> Page:
        page = Page(path=answer.url.path, status=answer.status_code, text=answer.text)
        if page.status != expect:
            raise Unexpected(
                f"{self.name}: {answer.request.method} {page.path} answered {page.status}"
                f" instead of {expect}: {_complaint(page)}"
            )
        return page


def _complaint(page: Page) -> str:
    found = _WRONG.search(page.text)
    words = html.unescape(_TAG.sub(" ", found[1])) if found else page.words()
    return " ".join(words.split())[:400]


def _path(address: str) -> str:
    return urlsplit(html.unescape(address)).path
