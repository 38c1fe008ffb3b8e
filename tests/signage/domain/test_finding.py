"""Findings say what to change, in two languages, and which of them keep a slide off a display."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from signage.domain.finding import Finding, gravest_first, refuses
from signage.domain.sentences import N_, Phrase, Refused

SEVERITIES = st.sampled_from(["refuse", "warn", "note"])


def finding(severity: str = "warn", code: str = "c") -> Finding:
    return Finding(code=code, severity=severity, msgid="{n} chữ", params={"n": 3})  # type: ignore[arg-type]


def test_a_finding_says_its_numbers_in_the_language_of_the_reader() -> None:
    assert finding().text({"{n} chữ": "{n} words"}.__getitem__) == "3 words"


def test_a_refusal_becomes_a_finding_with_its_field_translated() -> None:
    refused = Refused(N_("Ô “{label}” trống."), field="body", label=Phrase("Nội dung"))
    told = Finding.of(refused, profile="led")
    words = {"Ô “{label}” trống.": "“{label}” is empty.", "Nội dung": "Text"}
    assert told.text(words.__getitem__) == "“Text” is empty."
    assert (told.severity, told.field, told.profile) == ("refuse", "body", "led")


@given(st.lists(SEVERITIES))
def test_the_gravest_come_first_and_none_is_lost(severities: list[str]) -> None:
    found = [finding(one, str(number)) for number, one in enumerate(severities)]
    ordered = gravest_first(found)
    assert sorted(one.code for one in ordered) == sorted(one.code for one in found)
    ranks = [("refuse", "warn", "note").index(one.severity) for one in ordered]
    assert ranks == sorted(ranks)


@given(st.lists(SEVERITIES))
def test_only_a_refusing_finding_refuses(severities: list[str]) -> None:
    assert (refuses(map(finding, severities)) is not None) == ("refuse" in severities)


def test_a_finding_is_kept_as_json_and_read_back() -> None:
    assert msgspec.json.decode(msgspec.json.encode(finding()), type=Finding) == finding()
