"""Cards of the library: a file as it stands now, also one whose job has just refused it."""

import msgspec
from flask import render_template

from signage.domain.jobs import WHOLE, Job
from signage.domain.markings import MARKED
from signage.domain.media import Asset
from signage.domain.names import NotFound
from signage.domain.sentences import Said
from signage.web.context import now, person, store
from signage.web.language import gettext
from signage.workflows.media import jobs, library

MINUTE = 60_000
MADE_BY_JOBS = {"document", "video"}
DAY = 24 * 60 * MINUTE


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One file: `asset` is None when its job found a secrecy marking and kept nothing of it."""

    unit: str
    sha256: str
    asset: Asset | None
    job: Job | None

    @property
    def id(self) -> str:
        """The card's id on a page."""
        return f"asset-{self.unit}-{self.sha256[:16]}"

    @property
    def reference(self) -> str:
        """The file as the address of the live parts names it."""
        return f"{self.unit}/{self.sha256}"

    @property
    def is_working(self) -> bool:
        """Whether a job is still at it."""
        return self.asset is not None and self.asset.state == "working"

    @property
    def refusal(self) -> Said | None:
        """Why the file was refused, or None."""
        if self.asset is not None:
            return self.asset.reason if self.asset.state == "refused" else None
        return self.job.said if self.job else None

    @property
    def percent(self) -> int:
        """How much of the work is done."""
        return 0 if self.job is None else self.job.progress * 100 // WHOLE

    @property
    def time_left(self) -> str:
        """How long the job will still take, in words; nothing when it can't be told."""
        left = None if self.job is None else self.job.remaining_ms(now())
        if left is None:
            return ""
        if left < MINUTE:
            # In steps of five, so that the words stand still long enough to be read.
            return gettext("còn khoảng %(count)s giây", count=max(5, -(-left // 5000) * 5))
        return gettext("còn khoảng %(count)s phút", count=-(-left // MINUTE))


def card_of(asset: Asset) -> Card:
    """Return the card of an asset; only those that jobs make have a job to look up."""
    job = None
    if asset.kind in MADE_BY_JOBS and asset.state != "ready":
        job = jobs.job_of_asset(store(), asset.sha256, unit=asset.unit, by=person())
    return Card(unit=asset.unit, sha256=asset.sha256, asset=asset, job=job)


def card_at(unit: str, sha256: str) -> Card:
    """Return the card of a file by its name; raises NotFound, NotAllowed."""
    try:
        return card_of(library.asset(store(), sha256, unit=unit, by=person()))
    except NotFound:
        job = jobs.job_of_asset(store(), sha256, unit=unit, by=person())
        if job is None or job.said is None:
            raise
        return Card(unit=unit, sha256=sha256, asset=None, job=job)


def vanished() -> list[Card]:
    """Return this person's files of the last day of which nothing was kept."""
    gone = []
    for job in jobs.jobs_of(store(), by=person(), limit=20):
        recent = now() - (job.finished_at or 0) < DAY
        if not recent or job.said is None or job.said.msgid != MARKED:
            continue
        if store().assets.find(job.unit, job.subject) is None:
            gone.append(Card(unit=job.unit, sha256=job.subject, asset=None, job=job))
    return gone


def parts(references: list[str]) -> dict[str, str]:
    """Return the cards that `references` name, as HTML by the id of the card."""
    drawn = {}
    for reference in references:
        unit, _, sha256 = reference.partition("/")
        card = card_at(unit, sha256)
        drawn[card.id] = render_template("library/card.html", card=card)
    return drawn
