import re
from collections.abc import Callable
from pathlib import Path

import pytest

import signage.web
from tests.signage.pleiku import OFFICER
from tests.signage.web.visitor import Visitor

WEB = Path(signage.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SCRIPTS = sorted((WEB / "static" / "js").glob("*.js"))


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/healthz", "/static/icon.svg"])
def test_every_answer_forbids_foreign_scripts_and_frames(stranger: Visitor, path: str) -> None:
    policy = stranger.open(path).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_page_is_not_kept_by_browsers_and_proxies(visit: Callable[..., Visitor]) -> None:
    assert visit(OFFICER).open("/").headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_kept_from_scripts_and_foreign_sites(stranger: Visitor) -> None:
    answer = stranger.sign_in(OFFICER.login)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_no_template_has_an_inline_script_style_or_handler(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|javascript:|\shx-on|\shx-vals=.js", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_code_out_of_text(path: Path) -> None:
    assert not re.search(r"\beval\(|new Function|setTimeout\(\s*[\"'`]", path.read_text())
