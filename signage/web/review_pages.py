"""Review: what waits, and each page of it exactly as the displays will show it."""

import msgspec
from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.display import Display, Profile
from signage.domain.people import Action, may
from signage.domain.programme import areas_on
from signage.domain.rendition import Rendition
from signage.domain.review import State, Submission
from signage.domain.slide import Slide, slide_hash, ticker_hash
from signage.domain.translation import awaited
from signage.web import naming
from signage.web.context import now, person, store
from signage.web.forms import text
from signage.web.gate import allowed
from signage.web.glass import Stage, stages_of
from signage.web.language import gettext
from signage.web.paging import Paging
from signage.web.refusals import shows_again
from signage.web.standing import standing_of
from signage.web.supplement_parts import supplements_for
from signage.web.translation_parts import tongues_of
from signage.workflows.accounts import people
from signage.workflows.approval import review
from signage.workflows.content import editing

pages = Blueprint("reviews", __name__, url_prefix="/reviews")

PER_PAGE = 20
BOARD_WIDTH = 512
"""Up to this many px a display is looked at pixel by pixel."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of a submission: a spoken slide, or the ticker strip when `slide` is None.

    `number` counts the slides from 1; the versions of a slide have its number.
    """

    slide: Slide | None
    number: int
    subject_hash: str
    rendition: Rendition | None
    is_withdrawn: bool


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """All pictures of a submission on one profile, and the displays they are meant for."""

    profile: Profile
    shown: list[Shown]
    displays: list[Display]
    stages: dict[str, Stage]


@pages.get("")
@allowed(Action.REVIEW)
def page() -> str:
    me = person()
    units = people.visible_units(store(), me, Action.REVIEW)
    waiting = review.waiting(store(), by=me)
    own = [
        one
        for one in store().submissions.page(units, states=[State.SUBMITTED])
        if one.submitted_by == me.id
    ]
    decided = [State.APPROVED, State.RETURNED, State.WITHDRAWN]
    paging = Paging(total=store().submissions.count(units, states=decided), per_page=PER_PAGE)
    return render_template(
        "reviews/page.html",
        waiting=waiting,
        own=own,
        decided=review.submissions(
            store(), by=me, states=decided, limit=PER_PAGE, offset=paging.offset
        ),
        paging=paging,
        **supplements_for(me),
    )


@pages.get("/<submission_id>")
@allowed(Action.VIEW)
def detail(submission_id: str) -> str:
    submission = review.submission(store(), submission_id, by=person())
    sheets = sheets_of(submission)
    wanted = request.args.get("profile")
    only = next((one for one in sheets if one.profile.id == wanted), None)
    chain = store().units.chain(submission.unit)
    return render_template(
        "reviews/detail.html",
        submission=submission,
        playlist=editing.playlist(store(), submission.playlist, by=person()),
        standing=standing_of(store().playlists.get(submission.playlist)),
        sheets=sheets,
        only=only,
        has_boards=any(one.profile.width <= BOARD_WIDTH for one in ([only] if only else sheets)),
        is_open=submission.state is State.SUBMITTED,
        is_own=submission.submitted_by == person().id,
        tongues=tongues_of(submission),
        may_review=may(person(), Action.REVIEW, chain),
        may_withdraw=may(person(), Action.WITHDRAW, chain),
    )


@pages.post("/<submission_id>/approve")
@allowed(Action.REVIEW)
@shows_again(detail)
def approve(submission_id: str) -> Response:
    approved = review.approve(
        store(),
        submission_id,
        text("content_hash"),
        languages=request.form.getlist("languages"),
        by=person(),
        at=now(),
    )
    flash(
        gettext(
            "Đã duyệt “%(title)s”. Màn hình có lịch phát sẽ đổi trong vòng một phút.",
            title=approved.document.title,
        )
    )
    for tag in awaited(approved):
        flash(
            gettext(
                "Bản %(language)s chưa phát: còn chờ người biết tiếng thẩm định.",
                language=naming.language_within(tag),
            )
        )
    return redirect(url_for(".page"), 303)


@pages.post("/<submission_id>/return")
@allowed(Action.REVIEW)
@shows_again(detail)
def send_back(submission_id: str) -> Response:
    returned = review.return_(
        store(), submission_id, comment=text("comment"), by=person(), at=now()
    )
    flash(
        gettext(
            "Đã trả lại “%(title)s” kèm lời nhắn cho %(name)s.",
            title=returned.document.title,
            name=naming.person_name(returned.submitted_by),
        )
    )
    return redirect(url_for(".page"), 303)


def sheets_of(submission: Submission) -> list[Sheet]:
    """Return the pictures of a submission by profile: those of its targets first."""
    draft = submission.document
    targets = [one for name in draft.targets if (one := naming.displays().get(name))]
    wanted = {display.profile for display in targets}
    drawn = [one for one in naming.profiles().values() if submission.is_drawn_for(one)]
    return [
        Sheet(
            profile=profile,
            shown=_shown(submission, profile),
            stages=_stages(submission, profile),
            displays=[one for one in targets if one.profile == profile.id],
        )
        for profile in sorted(drawn, key=lambda one: (one.id not in wanted, one.id))
    ]


def _stages(submission: Submission, profile: Profile) -> dict[str, Stage]:
    drawn = (
        (one, submission.rendition(slide_hash(one), profile.id))
        for one in submission.document.spoken()
    )
    return stages_of(areas_on(submission, profile), drawn)


def _shown(submission: Submission, profile: Profile) -> list[Shown]:
    draft = submission.document
    subjects: list[tuple[Slide | None, str, int]] = [
        (one, slide_hash(one), number)
        for number, slide in enumerate(draft.slides, 1)
        for one in slide.spoken()
    ]
    if draft.tickers:
        subjects.append((None, ticker_hash(draft.tickers), 0))
    return [
        Shown(
            slide=slide,
            number=number,
            subject_hash=subject,
            rendition=submission.rendition(subject, profile.id),
            is_withdrawn=submission.is_withdrawn(subject),
        )
        for slide, subject, number in subjects
    ]
