"""Claims of the journey that are not about the glass: each fails with a sentence."""


class NotSo(Exception):
    """Something is not as it should be; the sentence says what was expected and what was found."""


def require(is_so: bool, sentence: str) -> None:
    """Raise NotSo with `sentence` unless it is so."""
    if not is_so:
        raise NotSo(sentence)
