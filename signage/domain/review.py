"""Review: a playlist put up with its pictures, and the rules for approving exactly those."""

import hashlib
from enum import StrEnum

import msgspec

from signage.domain.display import Profile
from signage.domain.finding import Finding
from signage.domain.language import VIETNAMESE, LanguageDecision
from signage.domain.people import NotAllowed, User
from signage.domain.playlist import PlaylistDraft
from signage.domain.rendition import Rendition, Renditions
from signage.domain.sentences import N_, Refused
from signage.domain.slide import Slide, slide_hash

MAX_REASON_LETTERS = 500


Findings = dict[str, list[Finding]]
"""What there is to say about each slide, by its page_id; "" stands for the ticker."""


class State(StrEnum):
    """Where a submission stands."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """Something taken off air: one slide or ticker strip by its hash, or everything (None)."""

    subject_hash: str | None
    reason: str
    by: str
    at: int


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One revision of a playlist as the approver sees it: document and pictures, frozen.

    `number` counts the submissions of a playlist from 1; people are user ids; times are
    milliseconds since the epoch, UTC. `findings` is what there was to say about each slide (by
    its page_id; "" for the ticker) when it was submitted. `languages` is what language reviewers
    decided, oldest first.
    """

    id: str
    playlist: str
    number: int
    content_hash: str
    document: PlaylistDraft
    renditions: Renditions
    findings: Findings = msgspec.field(default_factory=dict)
    state: State = State.SUBMITTED
    submitted_by: str
    submitted_at: int
    decided_by: str | None = None
    decided_at: int | None = None
    comment: str = ""
    withdrawals: list[Withdrawal] = msgspec.field(default_factory=list)
    languages: list[LanguageDecision] = msgspec.field(default_factory=list)

    @property
    def unit(self) -> str:
        """The unit whose playlist it is."""
        return self.document.unit

    def is_drawn_for(self, profile: Profile) -> bool:
        """Say whether every slide is drawn for `profile`, or the ticker when it is alone.

        A board at a road shows the other slides, without films and without the ticker.
        """
        document = self.document
        slides = {slide_hash(one) for one in document.spoken() if not one.is_left_out(profile)}
        needed = slides if document.slides else set(document.subjects())
        return bool(needed) and all(profile.id in self.renditions.get(one, {}) for one in needed)

    def rendition(self, subject_hash: str, profile: str) -> Rendition | None:
        """Return the approved picture of a slide or strip on this profile, or None."""
        return self.renditions.get(subject_hash, {}).get(profile)

    def findings_on(self, page_id: str, profile: str) -> list[Finding]:
        """Return what was said of a slide in one language ("" for the ticker) on this profile."""
        said = self.findings.get(page_id, [])
        return [one for one in said if one.profile in (None, profile)]

    def is_withdrawn(self, subject_hash: str) -> bool:
        """Say whether this slide or strip, or everything, has been taken off air.

        What is wrong in one language is taken off in all of them.
        """
        gone = {one.subject_hash for one in self.withdrawals}
        if not gone or None in gone or subject_hash in gone:
            return bool(gone)
        families = [{slide_hash(one) for one in slide.spoken()} for slide in self.document.slides]
        return any(subject_hash in family and gone & family for family in families)

    def is_understood(self, slide: Slide) -> bool:
        """Say whether the words of one spoken slide were approved by one who has the language."""
        if slide.language == VIETNAMESE:
            return True
        subject = slide_hash(slide)
        said = [one.approved for one in self.languages if subject in one.subjects]
        return bool(said) and said[-1]

    def shows(self, slide: Slide) -> bool:
        """Say whether one spoken slide of an approved submission may be seen."""
        return self.is_understood(slide) and not self.is_withdrawn(slide_hash(slide))

    def approved(self, *, by: User, content_hash: str, at: int) -> "Submission":
        """Return it approved; raise Refused unless open, another's work and these very pictures."""
        self._require_open()
        if by.id == self.submitted_by:
            raise NotAllowed(
                N_(
                    "Bạn không được duyệt nội dung do chính mình trình."
                    " Hãy nhờ lãnh đạo khác duyệt."
                )
            )
        if content_hash != self.content_hash:
            raise Refused(
                N_("Nội dung bạn xem khác với nội dung đang trình. Hãy tải lại trang rồi xem lại.")
            )
        return msgspec.structs.replace(self, state=State.APPROVED, decided_by=by.id, decided_at=at)

    def returned(self, *, by: User, comment: str, at: int) -> "Submission":
        """Return it sent back with a comment that says what to change, or raise Refused."""
        self._require_open()
        if by.id == self.submitted_by:
            raise NotAllowed(N_("Bạn không được trả lại nội dung do chính mình trình."))
        words = checked_reason(comment, field="comment")
        return msgspec.structs.replace(
            self, state=State.RETURNED, decided_by=by.id, decided_at=at, comment=words
        )

    def superseded(self) -> "Submission":
        """Return it replaced by a newer one of the same playlist."""
        return msgspec.structs.replace(self, state=State.SUPERSEDED)

    def withdrawn(self, withdrawal: Withdrawal) -> "Submission":
        """Return it with one subject or all off air; raise Refused unless it is approved."""
        if self.state is not State.APPROVED:
            raise Refused(N_("Nội dung này không còn đang phát. Hãy tải lại trang."))
        subject = withdrawal.subject_hash
        if subject is not None and subject not in self.document.subjects():
            raise Refused(
                N_("Trang chiếu này không có trong nội dung đang phát. Hãy tải lại trang.")
            )
        withdrawals = [*self.withdrawals, withdrawal]
        state = State.WITHDRAWN if subject is None else self.state
        return msgspec.structs.replace(self, state=state, withdrawals=withdrawals)

    def _require_open(self) -> None:
        if self.state is not State.SUBMITTED:
            raise Refused(N_("Nội dung này đã được xử lý. Hãy tải lại trang để xem kết quả."))


def content_hash(document: PlaylistDraft, renditions: Renditions) -> str:
    """Return the sha256 (hex) that approval binds: document and hash of each picture shown."""
    shown = {
        subject: {profile: one.shown for profile, one in by_profile.items()}
        for subject, by_profile in renditions.items()
    }
    return hashlib.sha256(msgspec.json.encode([document, shown], order="deterministic")).hexdigest()


def checked_reason(text: str, *, field: str = "reason") -> str:
    """Return `text` without outer blanks, or raise Refused when it is empty or too long."""
    text = text.strip()
    if not text:
        raise Refused(N_("Hãy ghi lý do để người khác hiểu."), field=field)
    if len(text) > MAX_REASON_LETTERS:
        raise Refused(
            N_("Lý do dài quá {limit} chữ. Hãy rút ngắn."), field=field, limit=MAX_REASON_LETTERS
        )
    return text
