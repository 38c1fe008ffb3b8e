"""Translation: which versions wait for a person who has the language, and what that person said."""

from collections.abc import Collection

import msgspec

from signage.domain.language import LANGUAGES, REVIEWED, LanguageDecision
from signage.domain.people import NotAllowed, User
from signage.domain.playlist import PlaylistDraft
from signage.domain.review import State, Submission, checked_reason
from signage.domain.sentences import N_, Phrase, Refused
from signage.domain.slide import Slide, slide_hash

_OPEN = (State.SUBMITTED, State.APPROVED)


def awaited(submission: Submission) -> dict[str, list[Slide]]:
    """Return the versions that nobody who has the language has approved yet, by language.

    Those sent back are among them: their reviewer may think better of it.
    """
    spoken = [one for one in submission.document.spoken() if not submission.is_understood(one)]
    by_language = {tag: [one for one in spoken if one.language == tag] for tag in REVIEWED}
    return {tag: slides for tag, slides in by_language.items() if slides}


def sent_back(submission: Submission) -> list[LanguageDecision]:
    """Return what language reviewers want changed, as far as it still stands."""
    waiting = {slide_hash(one) for slides in awaited(submission).values() for one in slides}
    return [one for one in submission.languages if not one.approved and waiting & {*one.subjects}]


def decided(
    submission: Submission,
    language: str,
    *,
    approved: bool,
    content_hash: str,
    by: User,
    at: int,
    comment: str = "",
) -> Submission:
    """Return it with the decision of one who has the language about all that waits in it.

    Raises NotAllowed for strangers to the language and for one's own submission, Refused when
    nothing waits, when other pictures were seen, or when it is sent back without a word.
    """
    if language not in by.languages:
        raise NotAllowed(
            N_(
                "Bạn chưa được giao thẩm định {language}."
                " Hãy nhờ người biết tiếng, hoặc quản trị hệ thống giao việc này cho bạn."
            ),
            language=Phrase(LANGUAGES.get(language, language)),
        )
    if by.id == submission.submitted_by:
        raise NotAllowed(
            N_("Bạn không được thẩm định bản dịch do chính mình trình. Hãy nhờ người khác.")
        )
    waiting = awaited(submission).get(language, [])
    if submission.state not in _OPEN or not waiting:
        raise Refused(N_("Nội dung này đã được xử lý. Hãy tải lại trang để xem kết quả."))
    if content_hash != submission.content_hash:
        raise Refused(
            N_("Nội dung bạn xem khác với nội dung đang trình. Hãy tải lại trang rồi xem lại.")
        )
    decision = LanguageDecision(
        language=language,
        approved=approved,
        subjects=tuple(slide_hash(one) for one in waiting),
        by=by.id,
        at=at,
        comment="" if approved else checked_reason(comment, field="comment"),
    )
    return msgspec.structs.replace(submission, languages=[*submission.languages, decision])


def carried(earlier: Collection[Submission], document: PlaylistDraft) -> list[LanguageDecision]:
    """Return the approvals of `earlier` submissions that name words unchanged in `document`.

    Who corrects one slide must not lose the other slides' versions until they are read again.
    """
    subjects = set(document.subjects())
    kept: dict[str, LanguageDecision] = {}
    for submission in earlier:
        for one in submission.languages:
            for subject in subjects & {*one.subjects}:
                kept[subject] = msgspec.structs.replace(one, subjects=(subject,))
    return [one for one in kept.values() if one.approved]
