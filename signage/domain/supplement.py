"""Pictures for a new profile, added to what was approved without touching it (rule A)."""

from collections.abc import Mapping

import msgspec

from signage.domain.display import Profile
from signage.domain.people import NotAllowed, User
from signage.domain.rendition import Rendition
from signage.domain.review import State, Submission
from signage.domain.sentences import N_, Refused


def supplemented(
    submission: Submission,
    profile: Profile,
    drawn: Mapping[str, Rendition],
    *,
    hashes: Mapping[str, str],
    by: User,
) -> Submission:
    """Return the approved submission with the pictures that `drawn` has for `profile`.

    `hashes` is the `shown` of each subject that the approver saw. Raises Refused unless it is on
    air and these are the very pictures, and NotAllowed for one's own submission.
    """
    if submission.state is not State.APPROVED:
        raise Refused(N_("Nội dung này không còn đang phát. Hãy tải lại trang."))
    if by.id == submission.submitted_by:
        raise NotAllowed(
            N_("Bạn không được duyệt nội dung do chính mình trình. Hãy nhờ lãnh đạo khác duyệt.")
        )
    if submission.is_drawn_for(profile):
        raise Refused(N_("Nội dung này đã được xử lý. Hãy tải lại trang để xem kết quả."))
    if not drawn or {subject: one.shown for subject, one in drawn.items()} != dict(hashes):
        raise Refused(
            N_("Nội dung bạn xem khác với nội dung đang trình. Hãy tải lại trang rồi xem lại.")
        )
    approved = submission.renditions
    added = {
        subject: {profile.id: one} | approved.get(subject, {}) for subject, one in drawn.items()
    }
    return msgspec.structs.replace(submission, renditions=approved | added)
