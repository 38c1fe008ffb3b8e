"""Tests that forms are read as browsers read them."""

import pytest

from signage.demo.journey.browser import Page, Unexpected
from signage.demo.journey.forms import forms_of

PAGE = """
<form action="/search"><input name="search" value="lũ"></form>
<form id="editor" method="post" action="/playlists/p1/slides">
  <input type="hidden" name="csrf_token" value="t0ken">
  <input name="title" value="Tiêm &amp; chủng">
  <input name="off" value="x" disabled>
  <textarea name="body">
Dòng một
Dòng hai</textarea>
  <select name="layout"><option value="notice">A<option value="photo" selected>B</select>
  <select name="level"><option value="0">0</option><option value="1">1</option></select>
  <select name="many" multiple><option value="a" selected><option value="b" selected></select>
  <input type="checkbox" name="weekdays" value="0" checked>
  <input type="checkbox" name="weekdays" value="1" checked>
  <input type="checkbox" name="weekdays" value="2">
  <input type="radio" name="hours" value="all" checked>
  <input type="radio" name="hours" value="part">
  <input type="file" name="file">
  <button name="then" value="more">Lưu</button>
</form>
<input form="editor" name="outside" value="of the form">
"""


@pytest.fixture
def sent():
    return forms_of(PAGE)[1].filled({})


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("csrf_token", ["t0ken"]),
        ("title", ["Tiêm & chủng"]),
        ("body", ["Dòng một\nDòng hai"]),
        ("layout", ["photo"]),
        ("level", ["0"]),
        ("many", ["a", "b"]),
        ("weekdays", ["0", "1"]),
        ("hours", ["all"]),
        ("outside", ["of the form"]),
    ],
)
def test_what_stands_in_a_field_is_sent(sent, name, values):
    assert sent[name] == values


@pytest.mark.parametrize("name", ["off", "file", "then"])
def test_what_nobody_filled_in_or_pressed_is_not_sent(sent, name):
    assert name not in sent


def test_what_is_typed_takes_the_place_of_what_stood_there():
    sent = forms_of(PAGE)[1].filled({"title": "Lũ", "weekdays": ["6"]})
    assert (sent["title"], sent["weekdays"]) == (["Lũ"], ["6"])


def test_nothing_can_be_typed_into_a_field_that_is_not_there():
    with pytest.raises(KeyError, match="titel"):
        forms_of(PAGE)[1].filled({"titel": "Lũ"})


def test_a_form_without_a_method_asks():
    assert forms_of(PAGE)[0].method == "get"


def test_a_form_is_found_by_where_it_goes():
    page = Page(path="/playlists/p1", status=200, text=PAGE)
    assert page.form("/slides").names >= {"title", "body"}


def test_a_form_that_is_missing_is_told_with_those_that_are_there():
    page = Page(path="/playlists/p1", status=200, text=PAGE)
    with pytest.raises(Unexpected, match="has no form /submit; it has /search"):
        page.form("/submit")
