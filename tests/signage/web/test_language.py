import re
from collections.abc import Callable

import pytest

from signage.web.language import catalogue
from tests.signage.pleiku import APPROVER
from tests.signage.web.messages import english, sentences
from tests.signage.web.visitor import Visitor

HOLES = re.compile(r"%\(\w+\)s|\{\w+\}")
VIETNAMESE = re.compile(
    r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)


def test_every_sentence_has_an_english_one() -> None:
    known = english()
    missing = {
        sentence: file
        for sentence, file in sentences()
        if sentence not in known or not known[sentence].string or known[sentence].fuzzy
    }
    assert missing == {}


def test_every_translation_has_the_holes_of_its_sentence() -> None:
    different = {
        sentence: message.string
        for sentence, message in english().items()
        if sorted(HOLES.findall(sentence)) != sorted(HOLES.findall(str(message.string)))
    }
    assert different == {}


def test_the_catalogue_has_no_sentence_that_nobody_says() -> None:
    said = {sentence for sentence, _file in sentences()}
    assert sorted(set(english()) - said) == []


def test_vietnamese_needs_no_catalogue() -> None:
    assert catalogue("vi").gettext("Duyệt") == "Duyệt"


@pytest.mark.parametrize("path", ["/", "/reviews", "/schedule", "/displays", "/audit", "/tokens"])
def test_an_english_page_is_english_but_for_names(visit: Callable[..., Visitor], path: str) -> None:
    visitor = visit(APPROVER)
    visitor.client.set_cookie("language", "en")
    text = re.sub(r"<[^>]+>|\"[^\"]*\"", " ", visitor.open(path).text.partition("<body")[2])
    names = ("Pleiku", "Trung tâm", "Hội Phú", "Diên Hồng", "Nhà văn hóa", "Ngã ba Hoa Lư")
    for name in (*names, "Trước UBND", "Phường", "Tiếng Việt", "Bảng LED"):
        text = text.replace(name, "")
    assert VIETNAMESE.findall(text) == []
