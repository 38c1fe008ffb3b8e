"""Translating: who has a language says whether the words in it may be shown."""

from signage.domain.language import LANGUAGES
from signage.domain.people import Action, User, may
from signage.domain.review import State, Submission
from signage.domain.translation import awaited, decided
from signage.store import Store
from signage.workflows.accounts.permission import demand, visible_units


def decide_language(
    store: Store,
    submission_id: str,
    language: str,
    content_hash: str,
    *,
    approved: bool,
    comment: str = "",
    by: User,
    at: int,
) -> Submission:
    """Approve the words in one language, or send them back; on air they come or stay away.

    Nothing else of the submission changes. Raises NotAllowed, and Refused when other pictures
    were seen or nothing waits.
    """
    with store.transaction():
        old = store.submissions.get(submission_id)
        demand(store, by, Action.REVIEW_LANGUAGE, old.unit)
        new = decided(
            old,
            language,
            approved=approved,
            content_hash=content_hash,
            comment=comment,
            by=by,
            at=at,
        )
        store.submissions.save(new)
        store.audit.record(
            who=by.login,
            act="translation.approved" if approved else "translation.returned",
            subject=f"submission:{new.id}",
            unit=new.unit,
            at=at,
            detail={
                "language": language,
                "subjects": list(new.languages[-1].subjects),
                "content_hash": content_hash,
                "comment": new.languages[-1].comment,
            },
        )
    return new


def waiting_for(store: Store, by: User) -> list[tuple[Submission, list[str]]]:
    """Return the submissions with words that wait for `by`, oldest first, and their languages.

    Both those put up for review and those approved already, never one's own.
    """
    units = visible_units(store, by, Action.REVIEW_LANGUAGE)
    found = store.submissions.page(units, states=[State.SUBMITTED]) if units else []
    found += [one for one in store.submissions.approved() if one.unit in units] if units else []
    mine = [(one, [tag for tag in awaited(one) if tag in by.languages]) for one in found]
    others = [one for one in mine if one[1] and one[0].submitted_by != by.id]
    return sorted(others, key=lambda one: one[0].submitted_at)


def reviewers(store: Store, unit: str) -> dict[str, list[User]]:
    """Return, for each language, the people who may review it for things of `unit`."""
    chain = store.units.chain(unit)
    able = [one for one in store.users.all() if may(one, Action.REVIEW_LANGUAGE, chain)]
    return {tag: [one for one in able if tag in one.languages] for tag in LANGUAGES}
