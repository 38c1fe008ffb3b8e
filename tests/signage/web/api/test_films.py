"""Films by program: uploaded, shown for their length, waited for."""

from collections.abc import Callable

from signage.store import Store
from signage.workflows.media.job_runner import Runner
from tests.signage.ingest.bad_films import animation
from tests.signage.pleiku import CITY_OFFICER, SMALL_BOARD
from tests.signage.web.api.program import Program
from tests.signage.workflows.desk import new_playlist


def test_a_picture_that_moves_goes_from_the_upload_into_a_playlist_as_a_film(
    program: Callable[..., Program], store: Store
) -> None:
    one = program(CITY_OFFICER)
    sha256 = one.upload(animation("GIF"), "Chào xuân.gif").get_json()["sha256"]
    playlist = new_playlist(store, "ubnd")
    body = {"layout": "video", "video": sha256, "version": playlist.version}
    early = one.ask("POST", f"/playlists/{playlist.id}/slides", body)
    assert early.status_code == 422
    Runner(store, changed=lambda: None).run_one()
    after = one.post(f"/playlists/{playlist.id}/slides", body)
    assert after["draft"]["slides"][1]["seconds"] == 6
    shown = one.get(f"/playlists/{playlist.id}/previews")
    assert [found["code"] for found in shown[1]["findings"]] == ["not_yet"]
    assert SMALL_BOARD.name in shown[1]["refused_vi"]
