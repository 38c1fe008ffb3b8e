"""The sealer answers: it looks at the factor itself and writes what is authorised into its book."""

import threading
from collections.abc import Callable, Mapping

import msgspec
import structlog

from signage.domain.act import ActKind
from signage.domain.alert import Alert
from signage.domain.display import Profile
from signage.domain.sentences import N_, Refused
from signage.domain.two_people import SECOND_WITHIN, Pending, Policy, require_alone
from signage.store.book import Book
from signage.workflows.sealer import (
    authorising,
    officer_factors,
    passkey_enrolment,
    redrawing,
    sealer_grants,
    sealer_sets,
)
from signage.workflows.sealer.officer_factors import PASSKEY, TOTP, Site
from signage.workflows.sealer.sealer_talk import (
    Answer,
    ApproveTemplate,
    AskPolicy,
    AskWays,
    Confirm,
    ConfirmSet,
    Done,
    Enrol,
    Enrolled,
    GoesBy,
    Granted,
    GrantStanding,
    No,
    RaiseStanding,
    Request,
    Stands,
    Waits,
    Ways,
)

log = structlog.get_logger()

_PENDING = "pending"


class Answers:
    """Decides on one request at a time; `authorised` is called after each act that is in the book.

    Whatever must be drawn again is drawn before: nobody waits for the drawing of others.
    """

    def __init__(
        self,
        book: Book,
        site: Site,
        *,
        clock: Callable[[], int],
        authorised: Callable[[], None],
        policy: Policy | None = None,
        profiles: Callable[[], Mapping[str, Profile]] = dict,
    ) -> None:
        self._book = book
        self._site = site
        self._clock = clock
        self._authorised = authorised
        self._policy = policy or Policy()
        self._profiles = profiles
        self._one_at_a_time = threading.Lock()

    def answer(self, request: bytes) -> bytes:
        """The answer to a request, as bytes; never raises."""
        return msgspec.json.encode(self._answer(request))

    def _answer(self, request: bytes) -> Answer:
        try:
            asked = msgspec.json.decode(request, type=Request)
            self._draw_again(asked)
            with self._one_at_a_time:
                return self._answer_to(asked)
        except Refused as refused:
            return No.of(refused)
        except msgspec.DecodeError as error:
            log.warning("a request that can't be read", why=str(error))
            return No(msgid=N_("Nội dung gửi tới bộ phận niêm phong không hợp lệ. Hãy soạn lại."))
        except Exception:
            log.exception("a request failed")
            return No(
                msgid=N_(
                    "Bộ phận niêm phong gặp lỗi và đã ghi lại. Chưa có gì thay đổi. Hãy thử lại."
                )
            )

    def _draw_again(self, asked: Request) -> None:
        match asked:
            case ConfirmSet():
                redrawing.require_pages_of(asked.act, self._profiles())
            case RaiseStanding() | Confirm(alone=True):
                redrawing.require_pages_of_words(asked.act.alert, self._profiles())

    def _answer_to(self, asked: Request) -> Answer:
        match asked:
            case Confirm():
                return self._confirm(asked)
            case ConfirmSet():
                return self._confirm_set(asked)
            case RaiseStanding():
                return self._raise_standing(asked)
            case ApproveTemplate():
                return self._approve(asked)
            case GrantStanding():
                return self._grant(asked)
            case Enrol():
                return self._enrol(asked)
            case AskPolicy():
                return self._goes_by()
            case AskWays():
                return self._ways(asked)

    def _confirm(self, asked: Confirm) -> Answer:
        """Whether the act may be done comes first: a code is used up only for one that may."""
        at, act = self._clock(), asked.act
        needs_second = self._policy.needs_second(act) and not asked.alone
        with self._book.transaction():
            alert = authorising.result_of(
                self._book, act, at=at, raises_an_hour=self._policy.raises_an_hour
            )
            if asked.alone:
                require_alone(act, sealer_grants.template_of(self._book, act.template), at=at)
            first = self._first(act.binds, at) if needs_second else None
            if first == asked.login:
                raise Refused(N_("Bạn đã xác nhận rồi. Cần một trực ban khác xác nhận tiếp."))
            refused = officer_factors.refusal_of_factor(
                self._book,
                asked.login,
                asked.given,
                binds=act.binds,
                site=self._site,
                at=at,
                targets=authorising.touched(self._book, alert),
                ends=act.kind is ActKind.CLEAR,
            )
            if refused is not None:
                pass
            elif needs_second and first is None:
                self._note_first(asked, at)
            else:
                self._note_done(asked, alert, first, at)
        if refused is not None:
            return No.of(refused)
        if needs_second and first is None:
            return Waits(until=at + SECOND_WITHIN)
        self._tell(alert, asked.login)
        return Done(alert=alert)

    def _first(self, binds: str, at: int) -> str | None:
        """Who has confirmed this before, if a second person can still join in."""
        pending = self._book.cards.get(_PENDING, binds, Pending)
        return pending.first if pending and pending.waits_at(at) else None

    def _note_first(self, asked: Confirm, at: int) -> None:
        pending = Pending(act=asked.act, first=asked.login, at=at)
        self._book.cards.put(_PENDING, asked.act.binds, pending, at=at)
        self._book.audit.record(
            who=asked.login,
            act="alert.confirmed-first",
            subject=f"alert:{asked.act.alert.id}",
            unit=asked.unit,
            at=at,
            detail={"headline": asked.act.alert.words.headline, "binds": asked.act.binds},
        )

    def _note_done(self, asked: Confirm, alert: Alert, first: str | None, at: int) -> None:
        self._book.cards.remove(_PENDING, asked.act.binds)
        how = f"second after {first}" if first else "alone" if asked.alone else ""
        authorising.record(
            self._book, alert, asked.act, who=asked.login, unit=asked.unit, at=at, how=how
        )
        if asked.alone:
            self._book.audit.record(
                who=asked.login,
                act="alert.broke-glass",
                subject=f"alert:{alert.id}",
                unit=asked.unit,
                at=at,
                detail={"headline": alert.words.headline, "template": asked.act.template},
            )

    def _confirm_set(self, asked: ConfirmSet) -> Answer:
        with self._book.transaction():
            done = sealer_sets.confirm(self._book, asked, site=self._site, at=self._clock())
        if isinstance(done, Refused):
            return No.of(done)
        log.info("authorised", act=done.kind, by=asked.login)
        self._authorised()
        return Stands(act=done)

    def _raise_standing(self, asked: RaiseStanding) -> Answer:
        with self._book.transaction():
            alert = sealer_grants.act_by_standing(self._book, asked, at=self._clock())
        self._tell(alert, "a standing authorisation")
        return Done(alert=alert)

    def _approve(self, asked: ApproveTemplate) -> Answer:
        with self._book.transaction():
            refused = sealer_grants.approve_template(
                self._book, asked, site=self._site, at=self._clock()
            )
        return No.of(refused) if refused else Enrolled()

    def _grant(self, asked: GrantStanding) -> Answer:
        with self._book.transaction():
            refused, token = sealer_grants.grant(
                self._book, asked, site=self._site, at=self._clock()
            )
        return No.of(refused) if refused else Granted(token=token)

    def _enrol(self, asked: Enrol) -> Answer:
        passkey_enrolment.enrol(
            self._book,
            asked.login,
            asked.code,
            asked.credential,
            site=self._site,
            at=self._clock(),
        )
        return Enrolled()

    def _goes_by(self) -> Answer:
        return GoesBy(
            two_people_from=self._policy.two_people_from,
            templates={one.id: one.binds for one in sealer_grants.templates(self._book)},
            standing=[
                msgspec.structs.replace(one, token_sha256="")
                for one in sealer_grants.standing(self._book)
            ],
        )

    def _ways(self, asked: AskWays) -> Answer:
        factors = [
            one
            for one in officer_factors.factors_of(self._book, asked.login)
            if one.is_for(asked.may)
        ]
        tries = officer_factors.tries_of(self._book, asked.login)
        return Ways(
            code=any(one.kind == TOTP for one in factors),
            passkeys=[one.credential for one in factors if one.kind == PASSKEY],
            locked_until=tries.locked_until if tries.is_locked(self._clock()) else 0,
        )

    def _tell(self, alert: Alert, by: str) -> None:
        log.info("authorised", alert=alert.id, revision=alert.revision, by=by)
        self._authorised()
