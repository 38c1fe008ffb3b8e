"""The sealer answers: it looks at the factor itself and writes what is authorised into its book."""

import threading
from collections.abc import Callable

import msgspec
import structlog

from signage.domain.sentences import N_, Refused
from signage.store.book import Book
from signage.workflows import authorising, officer_factors, passkey_enrolment
from signage.workflows.officer_factors import PASSKEY, TOTP, Site
from signage.workflows.sealer_talk import (
    Answer,
    Confirm,
    Done,
    Enrol,
    Enrolled,
    No,
    Request,
    Ways,
)

log = structlog.get_logger()


class Answers:
    """One request at a time; `authorised` is called after each act that stands in the book."""

    def __init__(
        self, book: Book, site: Site, *, clock: Callable[[], int], authorised: Callable[[], None]
    ) -> None:
        self._book = book
        self._site = site
        self._clock = clock
        self._authorised = authorised
        self._one_at_a_time = threading.Lock()

    def answer(self, request: bytes) -> bytes:
        """The answer to a request, as bytes; never raises."""
        with self._one_at_a_time:
            return msgspec.json.encode(self._answer(request))

    def _answer(self, request: bytes) -> Answer:
        try:
            asked = msgspec.json.decode(request, type=Request)
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

    def _answer_to(self, asked: Request) -> Answer:
        if isinstance(asked, Confirm):
            return self._confirm(asked)
        if isinstance(asked, Enrol):
            return self._enrol(asked)
        return self._ways(asked.login)

    def _confirm(self, asked: Confirm) -> Answer:
        """Whether the act may be done comes first: a code is used up only for one that may."""
        at = self._clock()
        with self._book.transaction():
            alert = authorising.result_of(self._book, asked.act, at=at)
            refused = officer_factors.refusal_of_factor(
                self._book, asked.login, asked.given, binds=asked.act.binds, site=self._site, at=at
            )
            if refused is None:
                authorising.record(
                    self._book, alert, asked.act, who=asked.login, unit=asked.unit, at=at
                )
        if refused is not None:
            return No.of(refused)
        log.info("authorised", act=asked.act.kind.value, alert=alert.id, by=asked.login)
        self._authorised()
        return Done(alert=alert)

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

    def _ways(self, login: str) -> Ways:
        factors = officer_factors.factors_of(self._book, login)
        tries = officer_factors.tries_of(self._book, login)
        return Ways(
            code=any(one.kind == TOTP for one in factors),
            passkeys=[one.credential for one in factors if one.kind == PASSKEY],
            locked_until=tries.locked_until if tries.is_locked(self._clock()) else 0,
        )
