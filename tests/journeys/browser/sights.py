"""Every page worth looking at: who looks, and where."""

from tests.journeys.browser.stage import Stage


def sights(stage: Stage) -> list[tuple[str, str | None, str]]:
    """Name, who is signed in (None: nobody), and path of every page."""
    return [
        ("sign-in", None, "/sign-in"),
        ("home-officer", "can-bo-hoi-phu", "/"),
        ("home-approver", "lanh-dao", "/"),
        ("home-duty", "truc-ban", "/"),
        ("account", "can-bo", "/account"),
        ("library", "can-bo", "/library"),
        ("playlists", "can-bo", "/playlists"),
        ("playlist-draft-board", "can-bo", f"/playlists/{stage.draft}?profile=led-192x96"),
        ("playlist-draft-screen", "can-bo", f"/playlists/{stage.draft}?profile=hd-1920x1080"),
        ("playlist-returned", "can-bo-hoi-phu", f"/playlists/{stage.returned}"),
        ("playlist-on-air", "can-bo", "/playlists/pleiku-city-bang-dien-tu"),
        ("slide-new", "can-bo", f"/playlists/{stage.draft}/slides/new?layout=notice"),
        ("slide-photo", "can-bo", f"/playlists/{stage.draft}/slides/new?layout=photo"),
        ("reviews", "lanh-dao", "/reviews"),
        ("review", "lanh-dao", f"/reviews/{stage.waiting}"),
        ("schedule", "can-bo", "/schedule"),
        ("schedule-new", "can-bo", "/schedule/new"),
        ("week", "can-bo", "/schedule/week/nvh-hoi-phu"),
        ("displays", "can-bo", "/displays"),
        ("display", "can-bo", "/displays/hoa-lu"),
        ("plays", "can-bo", "/displays/hoa-lu/plays"),
        ("wall", "nguoi-xem", "/wall"),
        ("alerts", "truc-ban", "/alerts"),
        ("alert-new", "truc-ban", "/alerts/new?sample=flood"),
        ("withdrawals", "lanh-dao", "/withdrawals"),
        ("people", "quan-tri", "/people"),
        ("person-new", "quan-tri", "/people/new"),
        ("units", "quan-tri", "/units"),
        ("audit", "quan-tri", "/audit"),
        ("tokens", "quan-tri", "/tokens"),
        ("not-there", "can-bo", "/nowhere"),
    ]


def alert_sights(stage: Stage) -> list[tuple[str, str | None, str]]:
    """The same for pages that differ while an alert runs."""
    return [
        ("alert-running", "truc-ban", f"/alerts/{stage.alert}"),
        ("wall-alert", "nguoi-xem", "/wall"),
        ("home-alert", "can-bo", "/"),
        ("alerts-with-one", "truc-ban", "/alerts"),
    ]
