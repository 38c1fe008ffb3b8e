"""The sealer looks at the factor for an act on a hold or a drill, and writes it into its book."""

from signage.domain.sentences import N_, Refused
from signage.domain.set_act import SetAct
from signage.store.book import Book
from signage.workflows.sealer import authorising_sets, officer_factors
from signage.workflows.sealer.officer_factors import Site
from signage.workflows.sealer.sealer_talk import ConfirmSet


def confirm(book: Book, asked: ConfirmSet, *, site: Site, at: int) -> SetAct | Refused:
    """Do what is asked, inside the caller's transaction, which commits whatever comes of it.

    Returns the act as it is in force now, or why the factor was refused; raises Refused when it
    may not be done anyway: a code is used up only for what may.
    """
    done = authorising_sets.result_of(book, asked.act, at=at)
    if not done.needs_factor:
        authorising_sets.require_room_without_factor(book, done, at=at)
    elif asked.given is None:
        raise Refused(N_("Việc này cần mã xác thực của bạn. Hãy nhập mã."), field="code")
    else:
        refused = officer_factors.refusal_of_factor(
            book,
            asked.login,
            asked.given,
            binds=asked.act.binds,
            site=site,
            at=at,
            may=done.may,
            targets=done.targets,
            ends=done.ends,
        )
        if refused is not None:
            return refused
    how = "" if done.needs_factor else authorising_sets.FREELY
    authorising_sets.record(book, done, who=asked.login, unit=asked.unit, at=at, how=how)
    return done
