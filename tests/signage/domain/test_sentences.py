"""Refusals speak Vietnamese by themselves and any language through a translator."""

from signage.domain.sentences import N_, Phrase, Refused


def test_a_refusal_speaks_vietnamese_with_its_numbers() -> None:
    refused = Refused(N_("Tối đa {limit} chữ."), limit=40, field="title")
    assert refused.text() == str(refused) == "Tối đa 40 chữ."
    assert refused.field == "title"


def test_a_refusal_translates_its_sentence_and_the_phrases_in_it() -> None:
    english = {"Ô “{label}” trống.": "Field “{label}” is empty.", "Tiêu đề": "Title"}
    refused = Refused("Ô “{label}” trống.", label=Phrase("Tiêu đề"))
    assert refused.text(english.__getitem__) == "Field “Title” is empty."


def test_words_of_a_person_in_a_refusal_are_not_translated() -> None:
    english = {"Không có “{name}”.": "There is no “{name}”.", "Tiêu đề": "Title"}
    assert Refused("Không có “{name}”.", name="Tiêu đề").text(english.__getitem__) == (
        "There is no “Tiêu đề”."
    )
