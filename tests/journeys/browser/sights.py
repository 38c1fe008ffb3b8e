"""Every page worth looking at: who looks, and where."""

from typing import NamedTuple

from tests.journeys.browser.stage import Stage


class Sight(NamedTuple):
    """A page by its name; `login` is None for nobody; {names} in `path` come from the stage."""

    name: str
    login: str | None
    path: str

    def on(self, stage: Stage) -> str:
        return self.path.format(
            draft=stage.draft,
            waiting=stage.waiting,
            returned=stage.returned,
            withdrawn=stage.withdrawn,
            unconfirmed=stage.unconfirmed,
            alert=stage.alert,
            template=stage.template,
            exercise=stage.exercise,
            drill=stage.drill,
        )


SIGHTS = (
    Sight("sign-in", None, "/sign-in"),
    Sight("home-officer", "can-bo-hoi-phu", "/"),
    Sight("home-approver", "lanh-dao", "/"),
    Sight("home-duty", "truc-ban", "/"),
    Sight("account", "can-bo", "/account"),
    Sight("library", "can-bo", "/library"),
    Sight("playlists", "can-bo", "/playlists"),
    Sight("playlist-draft-board", "can-bo", "/playlists/{draft}?profile=led-192x96"),
    Sight("playlist-draft-screen", "can-bo", "/playlists/{draft}?profile=hd-1920x1080"),
    Sight("playlist-returned", "can-bo-hoi-phu", "/playlists/{returned}"),
    Sight("playlist-on-air", "can-bo", "/playlists/pleiku-city-bang-dien-tu"),
    Sight("slide-new", "can-bo", "/playlists/{draft}/slides/new?layout=notice"),
    Sight("slide-photo", "can-bo", "/playlists/{draft}/slides/new?layout=photo"),
    Sight("reviews", "lanh-dao", "/reviews"),
    Sight("review", "lanh-dao", "/reviews/{waiting}"),
    Sight("schedule", "can-bo", "/schedule"),
    Sight("schedule-new", "can-bo", "/schedule/new"),
    Sight("week", "can-bo", "/schedule/week/nvh-hoi-phu"),
    Sight("displays", "can-bo", "/displays"),
    Sight("display", "can-bo", "/displays/hoa-lu"),
    Sight("plays", "can-bo", "/displays/hoa-lu/plays"),
    Sight("wall", "nguoi-xem", "/wall"),
    Sight("alerts", "truc-ban", "/alerts"),
    Sight("alert-new", "truc-ban", "/alerts/new?sample=flood"),
    Sight("alert-confirm", "truc-ban", "/alerts/{unconfirmed}/confirm"),
    Sight("alert-templates", "truc-ban", "/alert-templates"),
    Sight("alert-template", "lanh-dao", "/alert-templates/{template}"),
    Sight("alert-template-new", "truc-ban", "/alert-templates/new?sample=storm"),
    Sight("alert-reviews", "lanh-dao", "/alert-reviews"),
    Sight("alert-contacts", "quan-tri", "/alert-contacts"),
    Sight("standing", "truc-ban", "/standing"),
    Sight("account-duty", "truc-ban", "/account"),
    Sight("holds", "truc-ban", "/holds"),
    Sight("display-held", "truc-ban", "/displays/ubnd"),
    Sight("drills", "truc-ban", "/drills"),
    Sight("drill-new", "truc-ban", "/drills/new?sample=flood"),
    Sight("drill-confirm", "truc-ban", "/drills/{exercise}"),
    Sight("drill", "truc-ban", "/drills/{drill}"),
    Sight("warnings", "truc-ban", "/warnings"),
    Sight("withdrawals", "lanh-dao", "/withdrawals"),
    Sight("withdrawal", "lanh-dao", "/withdrawals/{withdrawn}"),
    Sight("people", "quan-tri", "/people"),
    Sight("person-new", "quan-tri", "/people/new"),
    Sight("units", "quan-tri", "/units"),
    Sight("audit", "quan-tri", "/audit"),
    Sight("publishing", "quan-tri", "/publishing"),
    Sight("tokens", "quan-tri", "/tokens"),
    Sight("not-there", "can-bo", "/nowhere"),
)

WITH_ALERT = (
    Sight("alert-running", "truc-ban", "/alerts/{alert}"),
    Sight("wall-alert", "nguoi-xem", "/wall"),
    Sight("home-alert", "can-bo", "/"),
    Sight("alerts-with-one", "truc-ban", "/alerts"),
)
"""The same for pages that differ while an alert runs."""
