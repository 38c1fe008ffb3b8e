"""Somebody at the pages: opens them, fills in their real forms, reads what stands there."""

import html
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from signage.demo.journey.forms import Form, forms_of

PASSWORD = "mat khau rat dai"

_TAG = re.compile(r"<[^>]+>")


class Visitor:
    """One person with one cookie jar."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page: TestResponse | None = None

    def sign_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        self.open("/sign-in")
        return self.send("/sign-in", login=login, password=password)

    def open(self, path: str, **more: Any) -> TestResponse:
        self.page = self.client.get(path, buffered=True, **more)
        return self.page

    def form(self, action: str) -> Form:
        """The first form of the open page that goes to `action`."""
        assert self.page is not None
        forms = [one for one in forms_of(self.page.text) if one.action.split("?")[0] == action]
        there = [one.action for one in forms_of(self.page.text)]
        assert forms, f"no form goes to {action}; there are {there}"
        return forms[0]

    def send(self, action: str, *, follow: bool = False, **values: Any) -> TestResponse:
        """Fill in the form that goes to `action` and send it."""
        form = self.form(action)
        data = form.filled({name: _texts(value) for name, value in values.items()})
        return self.post(form.action, data, follow=follow)

    def post(self, path: str, data: Any, *, follow: bool = False) -> TestResponse:
        """Send what a form would send; the answer to a redirect is opened when asked."""
        answer = self.client.post(
            path, data=data, headers={"Referer": f"http://localhost{self.at}"}
        )
        if follow:
            assert answer.status_code == 303, words(answer)[-300:]
            return self.open(answer.headers["Location"])
        self.page = answer
        return answer

    @property
    def at(self) -> str:
        return self.page.request.full_path.rstrip("?") if self.page else "/"

    @property
    def token(self) -> str:
        """Our token against foreign forms, as the open page carries it."""
        assert self.page is not None
        found = re.search(r'name="csrf-token" content="([^"]+)"', self.page.text)
        assert found
        return found[1]


def words(answer: TestResponse) -> str:
    """What can be read in the middle of a page, without the menu."""
    body = answer.text.partition("<main")[2] or answer.text
    return " ".join(html.unescape(_TAG.sub(" ", body)).split())


def _texts(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else str(value)
