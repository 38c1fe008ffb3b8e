"""Review: a playlist is put up with its pictures; another person approves exactly those."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime

from signage.domain.arrangement import MAIN
from signage.domain.display import Profile
from signage.domain.expiry import is_over
from signage.domain.finding import refuses
from signage.domain.people import Action, User
from signage.domain.playlist import Playlist, PlaylistDraft
from signage.domain.rendition import Renditions
from signage.domain.review import Findings, State, Submission, content_hash
from signage.domain.sentences import N_, Refused
from signage.domain.translation import carried, decided
from signage.store import Store
from signage.store.ids import new_id
from signage.store.playlists import stale
from signage.workflows.accounts.permission import demand, visible_units
from signage.workflows.content.previewing import Preview, previews_on, target_profiles
from signage.workflows.publication.scheduling import displays_of

_REMEMBERED = 20  # submissions, in which unchanged words may have been read already


class NotLegible(Refused):
    """The playlist can't be read on a display it is meant for; `refused` says what and why."""

    def __init__(self, profile: Profile, refused: list[Preview]) -> None:
        self.refused = refused
        self.reason = next(found for one in refused if (found := refuses(one.findings)))
        super().__init__(
            N_("Chưa trình được: có trang không đọc được trên “{profile}”. {reason}"),
            field=self.reason.field,
            profile=profile.name,
        )

    def text(self, translate: Callable[[str], str] = lambda sentence: sentence) -> str:
        """Return the sentence and the first reason, both translated."""
        reason = self.reason.text(translate)
        return translate(self.msgid).format_map({**self.params, "reason": reason})


def submission(store: Store, submission_id: str, *, by: User) -> Submission:
    """Return one submission; raises NotFound, NotAllowed."""
    found = store.submissions.get(submission_id)
    demand(store, by, Action.VIEW, found.unit)
    return found


def submissions(
    store: Store,
    *,
    by: User,
    states: Collection[State] | None = None,
    playlist: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Submission]:
    """Return the submissions `by` may see, newest first."""
    units = visible_units(store, by)
    return store.submissions.page(
        units, states=states, playlist=playlist, limit=limit, offset=offset
    )


def waiting(store: Store, *, by: User) -> list[Submission]:
    """Return the submissions that `by` may approve, oldest first; never one's own."""
    units = visible_units(store, by, Action.REVIEW)
    waiting = store.submissions.page(units, states=[State.SUBMITTED])
    return [one for one in reversed(waiting) if one.submitted_by != by.id]


def submit(
    store: Store, playlist_id: str, *, version: int, no_state_secret: bool, by: User, at: int
) -> Submission:
    """Put the version that `by` saw up for review, with the pictures for every profile in use.

    Raises Stale, NotLegible when a display it is meant for can't show it, NotYet while a film of it
    is still being made, and Refused when it is empty or not declared free of state secrets. An
    earlier submission still open is superseded.
    """
    old = store.playlists.get(playlist_id)
    demand(store, by, Action.SUBMIT, old.unit)
    _require_fit(old, version, no_state_secret, at=at)
    # Drawing takes seconds, so it happens before the write lock is taken.
    renditions, findings = _draw_all(store, old.draft, at=at)
    with store.transaction():
        if store.playlists.get(playlist_id).version != version:
            raise stale()
        new = Submission(
            id=new_id(),
            playlist=playlist_id,
            number=store.submissions.next_number(playlist_id),
            content_hash=content_hash(old.draft, renditions),
            document=old.draft,
            renditions=renditions,
            findings=findings,
            submitted_by=by.id,
            submitted_at=at,
            languages=carried(_earlier(store, old), old.draft),
        )
        _supersede(store, new, State.SUBMITTED)
        store.submissions.add(new)
        _record(store, new, "submission.submitted", by=by, at=at)
    return new


def approve(
    store: Store,
    submission_id: str,
    content_hash: str,
    *,
    by: User,
    at: int,
    languages: Collection[str] = (),
) -> Submission:
    """Approve the pictures that `content_hash` names; they may be on air from now on.

    `languages` are those in which `by` has also read the translation; versions in others stay
    off the air until somebody has.
    """
    with store.transaction():
        old = store.submissions.get(submission_id)
        demand(store, by, Action.REVIEW, old.unit)
        approved = old.approved(by=by, content_hash=content_hash, at=at)
        for tag in languages:
            approved = decided(
                approved, tag, approved=True, content_hash=content_hash, by=by, at=at
            )
        _supersede(store, approved, State.APPROVED)
        store.submissions.save(approved)
        _record(store, approved, "submission.approved", by=by, at=at)
    return approved


def return_(store: Store, submission_id: str, *, comment: str, by: User, at: int) -> Submission:
    """Send a submission back with a comment that says what to change."""
    with store.transaction():
        old = store.submissions.get(submission_id)
        demand(store, by, Action.REVIEW, old.unit)
        returned = old.returned(by=by, comment=comment, at=at)
        store.submissions.save(returned)
        _record(store, returned, "submission.returned", by=by, at=at)
    return returned


def _require_fit(old: Playlist, version: int, no_state_secret: bool, *, at: int) -> None:
    if old.version != version:
        raise stale()
    if not old.draft.subjects():
        raise Refused(N_("Danh sách phát còn trống. Hãy thêm trang chiếu hoặc dòng chữ chạy."))
    if old.draft.slides and not old.draft.slides_of(MAIN):
        raise Refused(N_("Phần chính chưa có trang chiếu nào. Hãy thêm một trang vào phần chính."))
    for number, slide in enumerate(old.draft.slides, 1):
        if is_over(slide, at):
            raise Refused(
                N_("Trang {number} đã hết giá trị. Hãy sửa thời điểm hoặc xóa trang."),
                number=number,
            )
    if not old.draft.targets:
        raise Refused(N_("Chưa chọn màn hình nào. Hãy chọn ít nhất một màn hình."), field="targets")
    if not no_state_secret:
        raise Refused(
            N_("Hãy đánh dấu cam kết “không chứa bí mật nhà nước” rồi trình lại."),
            field="no_state_secret",
        )


def _draw_all(store: Store, draft: PlaylistDraft, *, at: int) -> tuple[Renditions, Findings]:
    """Draw for the profiles where all must be legible, and for all others in use.

    Returns the pictures with what there is to say about them.
    """
    needed = _profiles_needed(store, draft, at=at)
    in_use = {display.profile for display in store.displays.all()}
    others = sorted(in_use - {profile.id for profile in needed})
    renditions: Renditions = {}
    findings: Findings = {}
    for profile in [*needed, *map(store.profiles.get, others)]:
        shown = previews_on(store, draft, profile)
        require_made(shown)
        if not any(stops(one, draft) for one in shown):
            for one in shown:
                if one.rendition:
                    renditions.setdefault(one.subject_hash, {})[profile.id] = one.rendition
                said = findings.setdefault(one.slide.page_id if one.slide else "", [])
                # What holds on every profile is said once.
                said += [finding for finding in one.findings if finding not in said]
        elif profile in needed:
            raise NotLegible(profile, [one for one in shown if stops(one, draft)])
    return renditions, {slide: said for slide, said in findings.items() if said}


def require_made(shown: list[Preview]) -> None:
    """Raise NotYet while a film among `shown` is still being made."""
    for one in shown:
        if one.is_waiting and one.refusal:
            raise one.refusal


def _profiles_needed(store: Store, draft: PlaylistDraft, *, at: int) -> list[Profile]:
    """Return the profiles of the targets, and of the displays where it is scheduled already.

    Otherwise a revision could be approved that leaves a display empty where the old one showed.
    """
    today = datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
    entries = [one for one in store.schedule.live_from(today) if one.playlist == draft.id]
    scheduled = displays_of(store, [target for one in entries for target in one.targets])
    wanted = {one.id: one for one in target_profiles(store, draft)}
    wanted |= {one.profile: store.profiles.get(one.profile) for one in scheduled}
    return [wanted[name] for name in sorted(wanted)]


def stops(shown: Preview, draft: PlaylistDraft) -> bool:
    """Say whether the playlist can't be on this profile.

    Boards at a road go without its films and its ticker, as long as something else is left.
    """
    others = any(not slide.is_left_out(shown.profile) for slide in draft.slides)
    return refuses(shown.findings) is not None and not (shown.is_left_out and others)


def _earlier(store: Store, playlist: Playlist) -> list[Submission]:
    """Return the last submissions of a playlist, oldest first."""
    units = [playlist.unit]
    return store.submissions.page(units, playlist=playlist.id, limit=_REMEMBERED)[::-1]


def _supersede(store: Store, new: Submission, state: State) -> None:
    for old in store.submissions.page([new.unit], states=[state], playlist=new.playlist):
        if old.id != new.id:
            store.submissions.save(old.superseded())


def _record(store: Store, one: Submission, act: str, *, by: User, at: int) -> None:
    detail = {
        "playlist": one.playlist,
        "number": one.number,
        "content_hash": one.content_hash,
        "comment": one.comment,
        "languages": {said.language: said.approved for said in one.languages},
    }
    subject = f"submission:{one.id}"
    store.audit.record(who=by.login, act=act, subject=subject, unit=one.unit, detail=detail, at=at)
