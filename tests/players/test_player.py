"""A whole player, fed by hand: what is on the glass when this or that comes, or does not come."""

import hashlib
import itertools

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from players.contract import topics
from players.contract.alerts import Covers, Page
from players.contract.daypart import Daypart
from players.contract.keys import Role
from players.contract.limits import DAY, HOUR, MINUTE, SECOND
from players.contract.playlist import SlideItem
from tests.doubles import NOON, png

ORANGE, PURPLE, NAVY, RED, GREEN = (
    (255, 165, 0),
    (128, 0, 128),
    (0, 0, 128),
    (255, 0, 0),
    (0, 128, 0),
)


def plays_orange(rig, **changes):
    """The rig plays one orange slide all day long."""
    entry = rig.controller.entry(rig.controller.slide("orange", "orange", **changes))
    rig.hears_manifest(rig.controller.manifest(entry))
    rig.shows("orange")


def raises(rig, *entries, pages=True, **changes):
    """Pages first, then the set, as the sealer does it."""
    for page in (page for entry in entries for page in entry.pages if pages):
        rig.hears_page(rig.controller.blobs[page.blob.sha256], page.blob.sha256)
    rig.hears_alerts(rig.controller.alerts(*entries, **changes))


# Schedule


def test_with_nothing_held_the_glass_is_calm_and_not_black(rig):
    rig.shows("none")
    assert sum(rig.colour) > 90


def test_a_manifest_goes_on_the_glass(rig):
    plays_orange(rig)
    assert rig.colour == ORANGE


def test_slides_take_turns_by_the_clock(rig):
    slides = [rig.controller.slide("a", "orange", 5), rig.controller.slide("b", "purple", 5)]
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(*slides)))
    first = rig.until(lambda: rig.item in {"a", "b"} and rig.item)
    rig.passes(5 * SECOND)
    rig.shows("b" if first == "a" else "a")


def test_nothing_scheduled_shows_the_safe_slide(rig):
    rig.hears_manifest(rig.controller.manifest())
    rig.shows("safe")
    assert rig.colour == NAVY


def test_a_programme_that_has_ended_gives_way_to_the_safe_slide(rig):
    entry = rig.controller.entry(rig.controller.slide("orange", "orange"))
    rig.hears_manifest(rig.controller.manifest(entry, valid_until=NOON + HOUR))
    rig.shows("orange")
    rig.passes(HOUR)
    rig.shows("safe")
    assert rig.reason == "programme-ended"


def test_a_daypart_ends_on_time(rig):
    noon_hour = Daypart(weekdays=[0, 1, 2, 3, 4, 5, 6], starts=12 * 60, ends=13 * 60)
    entry = rig.controller.entry(rig.controller.slide("lunch", "orange"), dayparts=[noon_hour])
    rig.hears_manifest(rig.controller.manifest(entry))
    rig.shows("lunch")
    rig.passes(HOUR)
    rig.shows("safe")


def test_the_old_programme_plays_until_the_new_one_is_complete(rig):
    plays_orange(rig)
    slide = rig.controller.slide("purple", "purple")
    content = rig.controller.blobs.pop(slide.blob.sha256)
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide)))
    rig.settle()
    assert rig.item == "orange"
    rig.controller.blobs[slide.blob.sha256] = content
    rig.shows("purple")


def test_a_broken_picture_is_skipped_and_told(rig):
    broken = rig.controller.blob(b"\x89PNG\r\n\x1a\n not a picture", "image/png", (64, 32))
    slides = [rig.controller.slide("good", "orange", 5)]
    slides.append(type(slides[0])(id="broken", blob=broken, seconds=5))
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(*slides)))
    rig.shows("good")
    rig.until(lambda: "can't be decoded" in rig.problem)
    for _ in range(4):
        rig.passes(5 * SECOND)
        assert rig.item == "good"


def test_html_instead_of_a_picture_never_gets_near_the_glass(rig):
    plays_orange(rig)
    slide = rig.controller.slide("purple", "purple")
    rig.controller.spoilt[slide.blob.sha256] = b"<html>Welcome to the hotel</html>"
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide)))
    rig.until(lambda: "is this the controller?" in rig.problem)
    assert rig.item == "orange"


def test_a_picture_that_rots_on_disk_is_fetched_again(rig):
    slides = [rig.controller.slide("a", "orange", 5), rig.controller.slide("b", "purple", 5)]
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(*slides)))
    rig.until(lambda: rig.item in {"a", "b"})
    rig.restart()
    for path in (rig.folder / "state/cache").glob("??/*"):
        if path.name == slides[0].blob.sha256:
            path.write_bytes(b"rotten")
    rig.until(lambda: rig.passes(5 * SECOND) or {"a", "b"} <= set(rig.output.items))


def test_a_picture_of_another_size_is_fitted(rig):
    plays_orange(rig, size=(32, 32))
    assert rig.output.shown[-1][0].picture.width == 32


def test_an_unknown_kind_of_slide_is_skipped_and_told(rig):
    slide = rig.controller.slide("orange", "orange")
    entry = rig.controller.entry(slide)
    document = rig.controller.blobs[entry.document.sha256]
    new = document.replace(b'"items":[', b'"items":[{"kind":"hologram"},')
    entry = rig.controller.entry(
        slide, document=rig.controller.blob(new, "application/vnd.signage.playlist+json")
    )
    rig.hears_manifest(rig.controller.manifest(entry))
    rig.shows("orange")
    assert "hologram" in rig.problem


def test_a_ticker_runs_under_the_slides(rig):
    strip = rig.controller.ticker(png("white", (300, 8)))
    slide = rig.controller.slide("orange", "orange", size=(64, 24))
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide, ticker=strip)))
    rig.shows("orange")
    before = len(rig.output.shown)
    for _ in range(3):
        rig.clock.passes(17)
        rig.turn()
    moments = [moment for _, moment in rig.output.shown[before - 1 :]]
    offsets = [strip.offset_at(moment) for moment in moments]
    assert [(b - a) % 300 for a, b in itertools.pairwise(offsets)] == [1, 1, 1]


def test_a_slide_plays_without_its_ticker_when_the_strip_is_broken(rig):
    strip = rig.controller.ticker(png("white", (300, 8)))
    rotten = rig.controller.blob(b"no strip", "image/png", (300, 8))
    slide = rig.controller.slide("orange", "orange", size=(64, 24))
    entry = rig.controller.entry(slide, ticker=type(strip)(blob=rotten, step=1))
    rig.hears_manifest(rig.controller.manifest(entry))
    rig.shows("orange")
    assert rig.output.shown[-1][0].strip is None


def test_an_output_that_fails_is_told_and_tried_again(rig):
    rig.shows("none")
    rig.output.fails = True
    slide = rig.controller.entry(rig.controller.slide("orange", "orange"))
    rig.hears_manifest(rig.controller.manifest(slide))
    rig.until(lambda: "the cable is out" in rig.problem)
    rig.output.fails = False
    rig.shows("orange")


def test_a_status_tells_all_that_is_wrong_now_and_not_what_works_again(rig):
    rig.connects()
    rotten = rig.controller.blob(b"no picture", "image/png", (64, 32))
    broken = SlideItem(id="broken", blob=rotten, seconds=5)
    rig.hears_manifest(
        rig.controller.manifest(
            rig.controller.entry(rig.controller.slide("orange", "orange"), broken)
        )
    )
    rig.shows("orange")
    rig.output.fails = True
    raises(rig, rig.controller.alert())

    def problems():
        rig.passes(3 * SECOND)
        return " ".join(rig.statuses[-1].health.problems)

    rig.until(lambda: "the cable is out" in (told := problems()) and "can't be decoded" in told)
    rig.output.fails = False
    rig.shows("flood.1.1")
    rig.until(lambda: "the cable is out" not in (told := problems()) and "can't be" in told)


# Refusals


@pytest.mark.parametrize("garbage", [b"garbage", b"{}", b"\x00" * 200_000, b"[" * 90_000])
@pytest.mark.parametrize("topic", ["manifest", "alerts", "keys", "beat", "plays_ack"])
def test_garbage_on_any_topic_changes_nothing(rig, topic, garbage):
    plays_orange(rig)
    fleet, addressee = rig.controller.fleet, rig.controller.display
    make = getattr(topics, topic)
    if topic in {"keys", "beat"}:
        name = make(fleet)
    else:
        name = make(fleet, rig.controller.profile if topic == "alerts" else addressee)
    before = rig.assembled.player._parts.papers.version
    rig.hears(name, garbage)
    rig.settle()
    assert rig.item == "orange"
    assert rig.problem
    assert rig.assembled.player._parts.papers.version == before


def test_a_forged_manifest_changes_nothing_and_is_told(rig):
    plays_orange(rig)
    entry = rig.controller.entry(rig.controller.slide("purple", "purple"))
    forged = rig.controller.manifest(entry, signed_by=[Ed25519PrivateKey.generate()])
    rig.hears_manifest(forged)
    rig.settle()
    assert rig.item == "orange"
    assert "manifest claims to be signed by" in rig.problem


def test_an_older_manifest_changes_nothing(rig):
    older = rig.controller.manifest()
    plays_orange(rig)
    rig.hears_manifest(older)
    rig.settle()
    assert rig.item == "orange"
    assert "older than" in rig.problem


def test_a_page_that_is_not_what_its_name_says_is_dropped(rig):
    alert = rig.controller.alert()
    rig.hears_page(png("pink"), alert.pages[0].blob.sha256)
    assert "a page came that is not" in rig.problem


def test_a_refusal_stands_in_the_status(rig):
    rig.connects()
    rig.hears_manifest(rig.controller.manifest(display="ubnd"))
    rig.clock.passes(3 * SECOND)
    rig.turn()
    rig.clock.passes(3 * SECOND)
    rig.turn()
    assert rig.statuses[-1].health.problem == "manifest is for display ubnd, this is hoa-lu"


# Alerts


def test_an_alert_takes_the_glass(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    assert rig.colour == RED


def test_an_alert_shows_without_any_manifest(rig):
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")


def test_an_alert_for_other_displays_is_not_shown(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert(covers=Covers(displays=["ubnd"], groups=["gao"])))
    rig.settle()
    assert rig.item == "orange"


def test_an_alert_reaches_a_display_through_its_group(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert(covers=Covers(groups=["hoi-phu"])))
    rig.shows("flood.1.1")


def test_the_words_stand_in_until_the_page_is_there(rig):
    plays_orange(rig)
    alert = rig.controller.alert()
    content = rig.controller.blobs.pop(alert.pages[0].blob.sha256)
    raises(rig, alert, pages=False)
    rig.shows("flood.1.1")
    assert rig.output.shown[-1][0].picture.encoded != content
    assert (rig.output.width, rig.output.height) == (
        rig.output.shown[-1][0].picture.width,
        rig.output.shown[-1][0].picture.height,
    )
    rig.hears_page(content, alert.pages[0].blob.sha256)
    rig.until(lambda: rig.colour == RED)


def test_a_page_that_came_ahead_is_told_and_shown_to_nobody(rig):
    plays_orange(rig)
    rig.connects()
    page = rig.controller.alert().pages[0].blob.sha256
    rig.hears_page(rig.controller.blobs[page], page)
    rig.passes(SECOND)
    assert rig.statuses[-1].armed == [page]
    assert rig.item == "orange"


def test_a_page_that_the_broker_lost_comes_over_http(rig):
    raises(rig, rig.controller.alert(), pages=False)
    rig.until(lambda: rig.item == "flood.1.1" and rig.colour == RED)


def test_an_alert_ends_by_the_players_own_clock(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert(expires_at=NOON + 10 * MINUTE))
    rig.shows("flood.1.1")
    rig.passes(10 * MINUTE)
    rig.shows("orange")


def test_an_alert_that_is_over_goes_at_once(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    raises(rig)
    rig.shows("orange")


def test_an_extension_that_comes_late_shows_again(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert(expires_at=NOON + MINUTE))
    rig.shows("flood.1.1")
    rig.passes(MINUTE)
    rig.shows("orange")
    raises(rig, rig.controller.alert(revision=2, colour="maroon"))
    rig.shows("flood.2.1")


def test_the_green_page_follows_an_alert_that_was_shown_here(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    raises(rig, rig.controller.all_clear())
    rig.until(lambda: rig.item == "flood.2.1" and rig.colour == GREEN)


def test_no_green_page_where_the_alert_was_never_shown(rig):
    plays_orange(rig)
    raises(rig, rig.controller.all_clear())
    rig.settle()
    assert rig.item == "orange"


def test_the_green_page_is_remembered_over_a_restart(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    rig.restart()
    raises(rig, rig.controller.all_clear())
    rig.until(lambda: rig.item == "flood.2.1")


def test_pages_of_one_alert_take_turns(rig):
    pages = [Page(blob=rig.controller.picture(colour), seconds=6) for colour in ("red", "maroon")]
    raises(rig, rig.controller.alert(pages=pages))
    rig.shows("flood.1.1")
    rig.passes(6 * SECOND)
    rig.shows("flood.1.2")


def test_a_broken_page_gives_way_to_the_words(rig):
    broken = rig.controller.blob(b"\x89PNG broken", "image/png", (64, 32))
    raises(rig, rig.controller.alert(pages=[Page(blob=broken, seconds=10)]))
    rig.shows("flood.1.1")
    assert rig.output.shown[-1][0].picture.sha256 != broken.sha256


def test_a_page_that_came_ahead_is_ready_when_the_alert_is_raised(rig):
    plays_orange(rig)
    alert = rig.controller.alert()
    name = alert.pages[0].blob.sha256
    rig.hears_page(rig.controller.blobs[name], name)
    rig.until(lambda: rig.assembled.pictures.get(name))
    rig.hears_alerts(rig.controller.alerts(alert))
    assert rig.item == "flood.1.1", "in the very turn in which the set came"


# Keys


def test_what_a_revoked_key_sealed_is_dropped(rig):
    plays_orange(rig)
    keys, controller = rig.controller.keys, rig.controller
    revoked = controller.key(Role.CONTENT, keys.content, revoked=True)
    rig.hears_keys(controller.key_list(keys=[revoked, controller.key(Role.ALERT, keys.alert)]))
    rig.shows("none")


def test_a_key_that_expires_later_undoes_nothing(rig):
    plays_orange(rig)
    keys, controller = rig.controller.keys, rig.controller
    expired = controller.key(Role.CONTENT, keys.content, not_after=NOON + HOUR)
    rig.hears_keys(controller.key_list(keys=[expired]))
    rig.passes(2 * HOUR)
    assert rig.item == "orange"
    rig.restart(offline=True)
    rig.shows("orange")


def test_a_key_that_left_the_list_undoes_nothing(rig):
    plays_orange(rig)
    rig.hears_keys(rig.controller.key_list(keys=[]))
    rig.settle()
    assert rig.item == "orange"
    rig.restart(offline=True)
    rig.shows("orange")


def test_a_document_that_came_before_its_key_list_is_judged_again(rig):
    controller = rig.controller
    controller.keys.content = Ed25519PrivateKey.generate()
    rig.hears_manifest(controller.manifest(controller.entry(controller.slide("new", "orange"))))
    rig.settle()
    assert rig.item == "none"
    rig.hears_keys(controller.key_list())
    rig.shows("new")


# Restart without anybody


def test_a_restart_without_network_shows_the_first_slide_from_the_cache(rig):
    plays_orange(rig)
    rig.restart(offline=True)
    rig.shows("orange")
    assert rig.output.items[0] == "orange", "nothing else was on the glass before"


def test_a_running_alert_survives_a_restart_without_network(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert(expires_at=NOON + 10 * MINUTE))
    rig.shows("flood.1.1")
    rig.restart(offline=True)
    rig.until(lambda: rig.item == "flood.1.1" and rig.colour == RED)
    rig.passes(10 * MINUTE)
    rig.shows("orange")


def test_an_alert_that_expired_meanwhile_is_not_resurrected(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert(expires_at=NOON + 10 * MINUTE))
    rig.shows("flood.1.1")
    rig.assembled.errands.run("wait", lambda: None)
    rig.clock.passes(11 * MINUTE)
    rig.restart(offline=True)
    rig.settle()
    assert "flood.1.1" not in rig.output.items


def test_a_manifest_that_was_still_incomplete_goes_on_after_a_restart(rig):
    plays_orange(rig)
    slide = rig.controller.slide("purple", "purple")
    content = rig.controller.blobs.pop(slide.blob.sha256)
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide)))
    rig.settle()
    rig.restart()
    rig.shows("orange")
    rig.controller.blobs[slide.blob.sha256] = content
    rig.shows("purple")


def test_old_serials_are_refused_after_a_restart_too(rig):
    older = rig.controller.manifest()
    plays_orange(rig)
    rig.restart()
    rig.hears_manifest(older)
    rig.settle()
    assert "older than" in rig.problem
    assert rig.item == "orange"


def test_stored_documents_that_were_changed_are_dropped(rig):
    plays_orange(rig)
    rig.assembled.stop()
    path = rig.folder / "state/holdings/manifest.json"
    path.write_bytes(path.read_bytes().replace(b"a", b"b"))
    rig.restart(offline=True)
    rig.shows("none")
    assert "the stored manifest was dropped" in rig.problem or rig.problem == ""


def test_other_pinned_roots_make_everything_stored_worthless(rig):
    plays_orange(rig)
    rig.controller.keys.root = Ed25519PrivateKey.generate()
    rig.restart(offline=True)
    rig.shows("none")


def test_a_document_whose_file_was_lost_is_taken_again(rig):
    entry = rig.controller.entry(rig.controller.slide("orange", "orange"))
    sealed = rig.controller.manifest(entry)
    rig.hears_manifest(sealed)
    rig.shows("orange")
    rig.assembled.errands.finish()
    (rig.folder / "state/holdings/manifest.json").unlink()
    rig.restart()
    rig.shows("none")
    rig.hears_manifest(sealed)
    rig.shows("orange")


# The end of a display


def test_a_retired_display_wipes_its_cache_and_is_calm(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    rig.connects()
    retired = rig.controller.manifest(retired=True)
    rig.hears_manifest(retired)
    rig.shows("none")
    assert rig.reason == "retired"
    rig.until(lambda: not list((rig.folder / "state/cache").glob("??/*")))
    held = rig.until(lambda: rig.statuses and rig.statuses[-1].holds.get("manifest"))
    assert held.sha256 == hashlib.sha256(retired).hexdigest()


def test_a_retired_display_stays_retired(rig):
    rig.hears_manifest(rig.controller.manifest(retired=True))
    rig.until(lambda: rig.reason == "retired")
    rig.hears_manifest(rig.controller.manifest())
    rig.settle()
    assert rig.reason == "retired"
    rig.restart(offline=True)
    rig.until(lambda: rig.reason == "retired")


# A new profile


def test_the_alerts_of_an_old_profile_stay_until_those_of_the_new_one_are_held(rig):
    plays_orange(rig)
    raises(rig, rig.controller.alert())
    rig.shows("flood.1.1")
    rig.hears_manifest(rig.controller.manifest(profile="led-new"))
    rig.settle()
    assert rig.item == "flood.1.1"
    rig.controller.profile = "led-new"
    rig.hears_alerts(rig.controller.alerts())
    rig.shows("safe")


def test_the_alerts_of_an_old_profile_also_survive_a_restart(rig):
    raises(rig, rig.controller.alert())
    rig.hears_manifest(rig.controller.manifest(profile="led-new"))
    rig.settle()
    rig.restart(offline=True)
    rig.shows("flood.1.1")


# Quota


def test_a_full_cache_keeps_the_old_programme_and_says_so(rig):
    plays_orange(rig)
    noise = bytes(range(256)) * 5000
    big = [
        type(rig.controller.slide("x", "red"))(
            id=f"big{n}", blob=rig.controller.blob(noise + bytes([n]), "image/png"), seconds=5
        )
        for n in range(3)
    ]
    rig.restart(cache_mb=1)
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(*big)))
    rig.until(lambda: "raise cache_mb" in rig.problem)
    assert rig.item == "orange"


def test_what_is_no_longer_needed_makes_room(rig):
    rig.restart(cache_mb=1)
    for n in range(4):
        filler = rig.controller.blob(bytes([n]) * 400_000, "image/png")
        slide = rig.controller.slide(f"s{n}", "orange")
        other = type(slide)(id="filler", blob=filler, seconds=1)
        rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide, other)))
        rig.until(lambda: rig.assembled.player._parts.papers.staged is None)
        rig.passes(DAY // 24)
    assert rig.assembled.player._parts.supply.cache_bytes() < 1_048_576
