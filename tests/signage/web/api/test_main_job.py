from collections.abc import Callable

from signage.domain.review import State
from signage.domain.slide import slide_hash
from signage.store import Store
from signage.web.context import now
from tests.signage.pleiku import APPROVER, DUTY_OFFICER, OFFICER, VIEWER
from tests.signage.sealing import Phone
from tests.signage.web.api.program import Program
from tests.signage.web.scene import approved, jpeg, playlist, say

Program_ = Callable[..., Program]

FLOOD = {
    "headline": "Lũ đang lên nhanh",
    "body": "Lên chỗ cao.",
    "area": "Ven suối Hội Phú",
    "sender": "UBND phường",
    "level": 3,
}


def test_a_playlist_goes_from_an_upload_to_the_schedule(program: Program_, store: Store) -> None:
    officer, approver = program(OFFICER), program(APPROVER)
    picture = officer.upload(jpeg(), "bien-ho.jpg").get_json()["clean_sha256"]
    made = officer.post("/playlists", {"title": "Chợ Tết"})
    path, version = f"/playlists/{made['draft']['id']}", made["version"]
    changed = officer.put(f"{path}/targets", {"displays": ["nvh-hoi-phu"], "version": version})
    slide = {"layout": "photo", "fields": {"caption": "Biển Hồ"}, "picture": picture}
    changed = officer.post(f"{path}/slides", {**slide, "version": changed["version"]})
    changed = officer.post(f"{path}/tickers", {"text": "Chào", "version": changed["version"]})
    assert [one["refused_vi"] for one in officer.get(f"{path}/previews")] == [None, None]
    declared = {"version": changed["version"], "no_state_secret": True}
    sent = officer.post(f"{path}/submissions", declared)
    (waiting,) = approver.get("/submissions/waiting")
    seen = {"content_hash": waiting["content_hash"]}
    assert approver.post(f"/submissions/{sent['id']}/approve", seen)["state"] == "approved"
    entry = officer.post(
        "/schedule",
        {
            "playlist": made["draft"]["id"],
            "targets": ["display:nvh-hoi-phu"],
            "first_date": "2026-11-24",
            "last_date": "2026-12-24",
        },
    )
    assert [one["id"] for one in officer.get("/schedule?display=nvh-hoi-phu")] == [entry["id"]]
    assert officer.post(f"/schedule/{entry['id']}/end")["ended_at"]


def test_slides_are_changed_moved_and_removed(program: Program_, store: Store) -> None:
    officer, made = program(OFFICER), playlist(store)
    path, first = f"/playlists/{made.id}", made.draft.slides[0].id
    words = {"layout": "slogan", "fields": {"text": "Xuân"}, "version": made.version}
    changed = officer.post(f"{path}/slides", words)
    second = changed["draft"]["slides"][1]["id"]
    place = {"place": 0, "version": changed["version"]}
    changed = officer.put(f"{path}/slides/{second}/place", place)
    words = {"layout": "slogan", "fields": {"text": "Hạ"}, "version": changed["version"]}
    changed = officer.put(f"{path}/slides/{first}", words)
    assert [one["fields"]["text"] for one in changed["draft"]["slides"]] == ["Xuân", "Hạ"]
    answer = officer.ask("DELETE", f"{path}/slides/{first}?version={changed['version']}")
    assert len(answer.get_json()["draft"]["slides"]) == 1


def test_a_playlist_is_renamed_read_and_deleted(program: Program_, store: Store) -> None:
    officer, made = program(OFFICER), playlist(store)
    officer.put(f"/playlists/{made.id}/title", {"title": "Chợ hoa", "version": made.version})
    read = officer.get(f"/playlists/{made.id}")
    assert read["draft"]["title"] == "Chợ hoa"
    answer = officer.ask("DELETE", f"/playlists/{made.id}?version={read['version']}")
    assert (answer.status_code, answer.data) == (204, b"")
    assert officer.get("/playlists") == []


def test_ticker_lines_are_changed_and_removed(program: Program_, store: Store) -> None:
    officer, made = program(OFFICER), playlist(store)
    path = f"/playlists/{made.id}/tickers"
    changed = officer.post(path, {"text": "Một", "speed": 1, "version": made.version})
    line = changed["draft"]["tickers"][0]["id"]
    words = {"text": "Hai", "speed": 3, "version": changed["version"]}
    changed = officer.put(f"{path}/{line}", words)
    assert changed["draft"]["tickers"] == [{"id": line, "text": "Hai", "speed": 3}]
    answer = officer.ask("DELETE", f"{path}/{line}?version={changed['version']}")
    assert answer.get_json()["draft"]["tickers"] == []


def test_words_are_tried_without_being_saved(program: Program_, store: Store) -> None:
    officer, made = program(OFFICER), playlist(store)
    words = {"layout": "slogan", "fields": {"text": "漢"}}
    (tried,) = officer.post(f"/playlists/{made.id}/try", words)
    assert (tried["profile"], tried["address"]) == ("hd-1920x1080", None)
    assert "không có ký tự" in tried["refused_vi"]
    assert store.playlists.get(made.id).version == made.version


def test_what_to_change_is_told_in_both_languages(program: Program_, store: Store) -> None:
    officer, made = program(OFFICER), playlist(store)
    words = {"layout": "slogan", "fields": {"text": "chữ " * 20}, "seconds": 4}
    (tried,) = officer.post(f"/playlists/{made.id}/try", words)
    (told,) = tried["findings"]
    assert tried["address"]
    assert (told["code"], told["severity"], told["field"]) == ("reading_time", "warn", "seconds")
    assert "đọc hết mất khoảng 9 giây" in told["message_vi"]
    assert "reading them takes about 9 seconds" in told["message_en"]


def test_a_submission_is_returned(program: Program_, store: Store) -> None:
    made = playlist(store)
    sent = program(OFFICER).post(
        f"/playlists/{made.id}/submissions", {"version": made.version, "no_state_secret": True}
    )
    back = program(APPROVER).post(f"/submissions/{sent['id']}/return", {"comment": "Thêm nguồn"})
    assert (back["state"], back["comment"]) == ("returned", "Thêm nguồn")
    listed = program(OFFICER).get("/submissions?state=returned")
    assert [one["id"] for one in listed] == [sent["id"]]


def test_one_slide_or_all_of_it_is_withdrawn(program: Program_, store: Store) -> None:
    on_air = approved(store, playlist(store))
    path = f"/submissions/{on_air.id}"
    slide = slide_hash(on_air.document.slides[0])
    (partly,) = program(OFFICER).post(f"{path}/withdraw", {"reason": "Sai", "subject_hash": slide})
    assert partly["withdrawals"][0]["subject_hash"] == slide
    program(OFFICER).post(f"{path}/withdraw", {"reason": "Sai cả"})
    assert store.submissions.get(on_air.id).state is State.WITHDRAWN


def test_displays_tell_what_is_on_their_glass(program: Program_, store: Store) -> None:
    viewer = program(VIEWER)
    say(store, "hoa-lu", at=now())
    by_id = {one["display"]["id"]: one for one in viewer.get("/displays")}
    assert by_id["hoa-lu"]["link"] == "online"
    assert by_id["ubnd"]["link"] == "never"
    assert viewer.get("/displays/hoa-lu")["showing"]["source"] == "schedule"
    assert viewer.get("/displays/hoa-lu/status")["boot"]
    assert viewer.get("/displays/hoa-lu/plays") == []
    assert viewer.ask("GET", "/displays/ubnd/status").status_code == 404


def test_an_alert_runs_from_the_preview_to_the_all_clear(program: Program_, phone: Phone) -> None:
    duty, until = program(DUTY_OFFICER), now() + 3_600_000
    drawn = duty.post("/alerts/preview", {"words": FLOOD, "until": until})
    assert {one["profile"] for one in drawn} == {"led-384x192", "led-192x96", "hd-1920x1080"}
    draft = duty.post("/alerts", {"words": FLOOD, "targets": ["unit:hoi-phu"], "until": until})
    path = f"/alerts/{draft['alert']['id']}"
    assert (draft["displays"], draft["online"]) == (1, 0)
    wrong = {"displays": 2, "code": phone.code()}
    assert duty.ask("POST", f"{path}/raise", wrong).status_code == 422
    assert duty.ask("POST", f"{path}/raise", {"displays": 1, "code": "0"}).status_code == 422
    right = {"displays": 1, "code": phone.code()}
    assert duty.post(f"{path}/raise", right)["state"] == "raised"
    longer = duty.post(f"{path}/extend", {"until": until + 60_000, "code": phone.code()})
    amended = {
        "words": {**FLOOD, "headline": "Lũ rất lớn"},
        "targets": ["all"],
        "until": until,
        "revision": longer["revision"],
        "code": phone.code(),
    }
    assert duty.put(path, amended)["revision"] == 3
    assert {one["progress"]["state"] for one in duty.get(f"{path}/proof")} == {"waiting"}
    assert duty.post(f"{path}/clear", {"code": phone.code()})["state"] == "cleared"
    assert [one["id"] for one in duty.get("/alerts")] == [draft["alert"]["id"]]
    assert duty.get(path)["cleared_at"]
