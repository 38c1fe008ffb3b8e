"""Emergency messages: what they say, whom they mean, and when they end."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from players.contract.alerts import Covers
from players.contract.limits import HOUR, MAX_ALERT_LIFE, MINUTE, SECOND
from signage.domain.display import Display
from signage.domain.language import REVIEWED
from signage.domain.names import printable
from signage.domain.schedule import covers
from signage.domain.sentences import N_, Refused

MAX_HEADLINE_LETTERS = 120
MAX_BODY_LETTERS = 600
MAX_AREA_LETTERS = 160
MAX_SENDER_LETTERS = 120
MIN_ALERT_LIFE = 12 * SECOND
"""Two pages of six seconds each can be read once."""
GREEN_PAGE_TIME = 10 * MINUTE
"""How long the green page of an all clear stands before the schedule returns, unless told."""
MAX_RAISES_PER_HOUR = 60
MAX_TARGETS = 300
EVERYTHING = "all"
ALL_CLEAR_BODY = "Cảnh báo này đã kết thúc."
"""What stands on a green page in place of the advice of its alert."""

# A name as documents have it: one strange target would spoil the whole set.
_NAME = re.compile(r"[a-z0-9][a-z0-9._:-]{0,79}")


class AlertState(StrEnum):
    """Where an alert stands.

    DRAFT: only in a proposal. ENDED: over for good; nothing of it is in a set any more.
    """

    DRAFT = "draft"
    RAISED = "raised"
    CLEARED = "cleared"
    ENDED = "ended"


class Tongue(msgspec.Struct, frozen=True, kw_only=True):
    """What an alert says in another language, by BCP 47 tag; place and sender stay as they are."""

    language: str
    headline: str
    body: str = ""


SYMBOLS = ("flood", "storm", "lightning", "fire", "landslide")


class AlertWords(msgspec.Struct, frozen=True, kw_only=True):
    """What an alert says. `level` is the national disaster-risk level 1–5, or 0 for none.

    Pages in other `tongues` take turns with the Vietnamese ones, except on boards at roads.
    """

    headline: str
    body: str
    area: str
    sender: str
    level: int = 0
    tongues: list[Tongue] = []
    in_programme: bool = False
    """A priority bulletin, inserted in the programme; else an emergency, which takes over."""
    sound: bool = False
    """It is heard as well, where the kind of display allows sound; a bulletin never is."""
    symbol: str = ""
    """The sign beside its banner, one of SYMBOLS; the warning triangle when there is none."""

    def said_in(self, tongue: Tongue) -> "AlertWords":
        """The words in another language."""
        return msgspec.structs.replace(self, headline=tongue.headline, body=tongue.body, tongues=[])


class AlertPage(msgspec.Struct, frozen=True, kw_only=True):
    """One rendered screenful of an alert on one profile."""

    blob: str
    media_type: str
    width: int
    height: int
    bytes: int
    seconds: int


Pages = dict[str, list[AlertPage]]
"""Pages by profile id."""


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One revision of an alert with the pages that were seen when it was confirmed.

    `targets` are "all", "display:<id>", "unit:<id>" or "tag:<tag>"; `green` holds the pages of the
    all clear, made beforehand so that clearing needs nothing but a seal; `green_for` is how long
    they stand. `outside`: this revision was made by another controller. `plain` are the profiles
    that show the plain page because their own could not be drawn. Times are UTC ms.
    """

    id: str
    revision: int
    state: AlertState
    words: AlertWords
    targets: list[str]
    begins_at: int
    expires_at: int
    pages: Pages
    green: Pages
    created_by: str
    created_at: int
    raised_at: int | None = None
    revised_at: int | None = None
    cleared_at: int | None = None
    green_for: int = GREEN_PAGE_TIME
    outside: bool = False
    plain: list[str] = []

    @property
    def green_until(self) -> int:
        """When the green page ends; the moment it began when the alert is not cleared."""
        return (self.cleared_at or self.expires_at) + self.green_for

    def raised(self, *, at: int) -> "Alert":
        """Return it raised, or raise Refused when it is no draft any more."""
        if self.state is not AlertState.DRAFT:
            raise Refused(N_("Cảnh báo này đã được phát. Hãy mở trang cảnh báo để xem."))
        checked_end(self.expires_at, at=at)
        return msgspec.structs.replace(
            self, state=AlertState.RAISED, begins_at=at, raised_at=at, revised_at=at
        )

    def revised(
        self,
        *,
        words: AlertWords,
        targets: list[str],
        expires_at: int,
        pages: Pages,
        green: Pages,
        at: int,
        plain: Sequence[str] = (),
    ) -> "Alert":
        """Return the next revision in force from now on, under the same id."""
        self._require_running(at)
        checked_end(expires_at, at=at)
        return msgspec.structs.replace(
            self,
            revision=self.revision + 1,
            words=words,
            targets=targets,
            begins_at=at,
            revised_at=at,
            expires_at=expires_at,
            pages=pages,
            green=green,
            outside=False,
            plain=list(plain),
        )

    def cleared(self, *, at: int, green_for: int = GREEN_PAGE_TIME) -> "Alert":
        """Return it over: the green page takes its place for `green_for` ms."""
        self._require_running(at)
        return msgspec.structs.replace(
            self,
            state=AlertState.CLEARED,
            revision=self.revision + 1,
            begins_at=at,
            revised_at=at,
            cleared_at=at,
            green_for=green_for,
            outside=False,
        )

    def ended(self) -> "Alert":
        """Return it gone for good."""
        return msgspec.structs.replace(self, state=AlertState.ENDED)

    def is_over(self, at: int) -> bool:
        """Say whether nothing of it may be on a display at `at`."""
        if self.state is AlertState.CLEARED:
            return at >= self.green_until
        return self.state is not AlertState.RAISED or at >= self.expires_at

    def _require_running(self, at: int) -> None:
        if self.state is not AlertState.RAISED or at >= self.expires_at:
            raise Refused(N_("Cảnh báo này đã kết thúc. Hãy phát cảnh báo mới nếu vẫn cần."))


def checked_words(words: AlertWords) -> AlertWords:
    """Return `words` cleaned, or raise Refused naming the field at fault.

    Control and format characters, which come along when text is pasted, are dropped: nobody should
    have to look for one while the water rises. Only the body keeps its lines.
    """
    limits = {
        "headline": MAX_HEADLINE_LETTERS,
        "body": MAX_BODY_LETTERS,
        "area": MAX_AREA_LETTERS,
        "sender": MAX_SENDER_LETTERS,
    }
    texts = {name: _cleaned(getattr(words, name)) for name in limits}
    texts |= {name: text.replace("\n", " ") for name, text in texts.items() if name != "body"}
    for name in ("headline", "area", "sender"):
        if not texts[name]:
            raise Refused(
                N_("Cảnh báo cần tên thiên tai, khu vực và cơ quan ban hành. Hãy nhập đủ."),
                field=name,
            )
    for name, limit in limits.items():
        if len(texts[name]) > limit:
            raise Refused(
                N_("Nội dung dài {have} chữ, tối đa {limit}. Hãy rút gọn."),
                field=name,
                have=len(texts[name]),
                limit=limit,
            )
    if not 0 <= words.level <= 5:
        raise Refused(N_("Cấp độ rủi ro thiên tai từ 1 đến 5. Hãy chọn lại."), field="level")
    if words.symbol not in ("", *SYMBOLS):
        raise Refused(N_("Không có biểu tượng này. Hãy chọn trong danh sách."), field="symbol")
    return msgspec.structs.replace(
        words,
        **texts,
        tongues=checked_tongues(words.tongues),
        sound=words.sound and not words.in_programme,
    )


def checked_tongues(tongues: Sequence[Tongue]) -> list[Tongue]:
    """Return the other languages cleaned, in their usual order, each once; raises Refused."""
    by_language = {one.language: one for one in tongues}
    checked = []
    for language in REVIEWED:
        tongue = by_language.pop(language, None)
        headline = _cleaned(tongue.headline).replace("\n", " ") if tongue else ""
        body = _cleaned(tongue.body) if tongue else ""
        if body and not headline:
            raise Refused(
                N_("Bản dịch cần cả tên thiên tai. Hãy nhập, hoặc bỏ trống cả hai ô."),
                field=f"headline_{language}",
            )
        if len(headline) > MAX_HEADLINE_LETTERS or len(body) > MAX_BODY_LETTERS:
            raise Refused(
                N_("Bản dịch dài quá. Hãy rút gọn như bản tiếng Việt."),
                field=f"headline_{language}",
            )
        if headline:
            checked.append(Tongue(language=language, headline=headline, body=body))
    if by_language:
        raise Refused(N_("Không có ngôn ngữ này. Hãy chọn lại."), field="headline")
    return checked


def checked_targets(targets: Sequence[str], *, displays: Collection[str]) -> list[str]:
    """Return `targets` sorted, each once, or raise Refused: strange, or too many to be sealed.

    `displays` are the ids of all displays there ever were.
    """
    for target in targets:
        kind, _, name = target.partition(":")
        known = name in displays if kind == "display" else kind in ("unit", "tag") and name
        if target != EVERYTHING and not (known and _NAME.fullmatch(target)):
            raise Refused(
                N_(
                    "Không hiểu nơi phát “{target}”."
                    " Hãy chọn màn hình, đơn vị hoặc nhãn trong danh sách."
                ),
                field="targets",
                target=printable(target)[:80],
            )
    if len(set(targets)) > MAX_TARGETS:
        raise Refused(
            N_("Chỉ chọn được tối đa {limit} nơi phát. Hãy chọn cả đơn vị thay cho từng màn hình."),
            field="targets",
            limit=MAX_TARGETS,
        )
    return sorted(set(targets))


def checked_end(expires_at: int, *, at: int) -> int:
    """Return `expires_at`, or raise Refused when it is past, too near or too far."""
    if expires_at < at + MIN_ALERT_LIFE:
        raise Refused(
            N_("Giờ kết thúc đã qua hoặc quá gần. Hãy chọn giờ kết thúc muộn hơn."),
            field="until",
        )
    if expires_at > at + MAX_ALERT_LIFE:
        raise Refused(
            N_(
                "Cảnh báo kéo dài tối đa {hours} giờ."
                " Hãy chọn giờ kết thúc sớm hơn rồi gia hạn khi cần."
            ),
            field="until",
            hours=MAX_ALERT_LIFE // HOUR,
        )
    return expires_at


def _cleaned(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(printable(line.replace("\t", " ")).strip() for line in lines).strip()


def displays_covered(
    targets: Sequence[str], displays: Iterable[Display], chains: Mapping[str, Sequence[str]]
) -> list[Display]:
    """Return the live displays that `targets` mean; `chains` maps a unit to it and those above."""
    return [
        display
        for display in displays
        if display.retired_at is None
        and (EVERYTHING in targets or covers(targets, display, chains[display.unit]))
    ]


def covers_of(targets: Sequence[str]) -> Covers:
    """Return `targets` in the words of the contract."""
    return Covers(
        everything=EVERYTHING in targets,
        displays=sorted(t.removeprefix("display:") for t in targets if t.startswith("display:")),
        groups=sorted(t for t in targets if t.startswith(("unit:", "tag:"))),
    )


def targets_of(contract: Covers) -> list[str]:
    """Return what a set from outside means in our own words."""
    if contract.everything:
        return [EVERYTHING]
    return [*(f"display:{display}" for display in contract.displays), *contract.groups]
