"""Faults in what comes to a player: the right picture stays, the status says why, nothing is black.

The gates in front of these are tested where they stand. Manifests, alerts, blobs, clocks: here,
`sealed/test_trust`, `test_clock`. Answers that stall, drip, lie or never end:
`blobs/test_downloader`. Brokers that flood, fall silent, speak no MQTT or send 200 MB:
`link/test_link`. Power cut at each write: `test_power_cut`. Disks full or read-only:
`test_bad_disk`. Processes killed or stopped: `test_process`, `upkeep/test_watchdog`,
`outputs/led/test_kept_wall`.
"""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest

from players.contract import documents
from players.contract.limits import DAY, HOUR, MAX_ITEMS
from players.contract.manifest import Manifest
from players.contract.playlist import PlaylistDocument
from players.contract.signature import Kind, seal
from tests.doubles import SimulatedController, png

ORANGE = (255, 165, 0)
STRANGER = SimulatedController().keys


@pytest.fixture
def player(rig):
    """A player that shows one orange slide."""
    rig.connects()
    slide = rig.controller.slide("orange", "orange")
    rig.hears_manifest(rig.controller.manifest(rig.controller.entry(slide)))
    rig.shows("orange")
    del rig.output.shown[:-1]  # what was there before is not what these tests are about
    return rig


def nothing_black(player):
    """Every frame that was ever presented has light in it."""
    pictures = [scene.picture.native for scene, _ in player.output.shown]
    return all(picture.convert("L").getextrema()[1] > 0 for picture in pictures)


def told(player):
    """The problem that the newest status tells."""
    player.passes(3000)
    return player.statuses[-1].health.problem


def sealed_as_manifest(controller, payload):
    return seal(payload, Kind.MANIFEST, controller.keys.content)


def changed(controller, **changes):
    """The bytes of a manifest with raw JSON values in it that no struct would allow."""
    genuine = msgspec.json.decode(documents.encode(plain_manifest(controller)))
    return sealed_as_manifest(controller, msgspec.json.encode(genuine | changes))


def plain_manifest(controller):
    sealed = msgspec.json.decode(controller.manifest())
    import base64

    return documents.decode(base64.b64decode(sealed["payload"]), Manifest)


MANIFESTS = {
    "by a stranger": (lambda c: c.manifest(signed_by=[STRANGER.content]), "not by 1 key"),
    "truncated": (lambda c: c.manifest()[:-40], "envelope can't be read"),
    "too large": (lambda _: b"x" * 100_000, "more than the"),
    "an older serial": (lambda c: c.manifest(serial=0), "is older than"),
    "no object": (lambda c: sealed_as_manifest(c, b"[1, 2]"), "can't be read"),
    "a wrong type": (lambda c: changed(c, width="wide"), "can't be read"),
    "no pixels": (lambda c: changed(c, width=0), "can't be read"),
    "thousands of entries": (lambda c: changed(c, entries=[{"kind": "x"}] * 2000), "can't be read"),
    "a higher schema": (lambda c: changed(c, schema=7), "update the player"),
    "of another display": (lambda c: c.manifest(display="ubnd"), "this is hoa-lu"),
    "for ever": (lambda c: c.manifest(valid_until=c.now() + 90 * DAY), "more than 60 days"),
}


@pytest.mark.parametrize("fault", MANIFESTS)
def test_a_manifest_with_a_fault_leaves_the_programme_up(player, fault):
    make, words = MANIFESTS[fault]
    player.hears_manifest(make(player.controller))
    assert words in told(player)
    assert (player.item, player.colour) == ("orange", ORANGE)
    assert nothing_black(player)


ALERTS = {
    "by a stranger": (lambda c: c.alerts(c.alert(), signed_by=[STRANGER.alert]), "not by 1 key"),
    "by the key of content": (lambda c: c.alerts(c.alert(), signed_by=[c.keys.content]), "not by"),
    "truncated": (lambda c: c.alerts(c.alert())[:-1], "envelope can't be read"),
    "too long": (lambda c: c.alerts(c.alert(expires_at=c.now() + 80 * HOUR)), "72 hours"),
    "of another profile": (lambda c: c.alerts(c.alert(), profile="led-9x9"), "is for profile"),
}


@pytest.mark.parametrize("fault", ALERTS)
def test_an_alert_with_a_fault_does_not_take_the_glass(player, fault):
    make, words = ALERTS[fault]
    player.hears_alerts(make(player.controller))
    assert words in told(player)
    assert (player.item, player.colour) == ("orange", ORANGE)


def entry_of(controller, *items, **changes):
    """An entry whose document holds raw items, good or not."""
    document = PlaylistDocument(
        schema=1, id="p", title="", items=[documents.raw(controller.slide("a", "teal"))]
    )
    whole = msgspec.json.decode(documents.encode(document)) | {"items": list(items)} | changes
    blob = controller.blob(msgspec.json.encode(whole), documents.DOCUMENT_TYPE)
    return controller.entry(controller.slide("a", "teal"), document=blob)


def item_of(controller, name, blob=None, seconds=10):
    blob = blob or controller.picture("teal")
    return {"kind": "slide", "id": name, "blob": msgspec.to_builtins(blob), "seconds": seconds}


CONTENTS = {
    "an item of zero seconds": lambda c: [item_of(c, "zero", seconds=0), item_of(c, "good")],
    "an item of a wrong type": lambda c: [{"kind": "slide", "id": 7}, item_of(c, "good")],
    "an item of an unknown kind": lambda c: [{"kind": "hologram"}, item_of(c, "good")],
    "a picture that is cut off": lambda c: [
        item_of(c, "cut", c.blob(png("red")[:60], "image/png", (64, 32))),
        item_of(c, "good"),
    ],
    "a picture that is a web page": lambda c: [
        item_of(c, "page", c.blob(b"<html>Sign in</html>", "image/png", (64, 32))),
        item_of(c, "good"),
    ],
}


@pytest.mark.parametrize("fault", CONTENTS)
def test_an_item_with_a_fault_is_skipped_for_the_next_and_told(player, fault):
    controller = player.controller
    entry = entry_of(controller, *CONTENTS[fault](controller))
    player.hears_manifest(controller.manifest(entry))
    player.shows("good")
    player.until(lambda: player.problem)
    assert any(word in told(player) for word in ("skipped", "can't be decoded"))
    assert set(player.output.items) <= {"orange", "good"}
    assert nothing_black(player)


@pytest.mark.parametrize("fault", ["too many items", "a higher schema"])
def test_a_document_that_can_not_be_used_is_told_and_the_safe_slide_stands_in(player, fault):
    controller = player.controller
    items = [item_of(controller, "many")] * (MAX_ITEMS + 1 if fault == "too many items" else 1)
    changes = {"schema": 9} if fault == "a higher schema" else {}
    player.hears_manifest(controller.manifest(entry_of(controller, *items, **changes)))
    player.shows("safe")
    assert "was skipped" in told(player)
    assert nothing_black(player)


def test_a_blob_with_another_hash_never_comes_on_and_the_old_programme_stays(player):
    controller = player.controller
    slide = controller.slide("purple", "purple")
    good = controller.blobs[slide.blob.sha256]
    controller.spoilt[slide.blob.sha256] = good[:-4] + b"evil"
    player.hears_manifest(controller.manifest(controller.entry(slide)))
    player.until(lambda: "other content" in player.problem)
    assert player.item == "orange"
    assert player.statuses[-1].health.missing


PORTAL = b"<html>Please sign in to this network</html>"


@pytest.fixture(params=[200, 302])
def portal(request):
    """Answers everything as the door of a guest network does; gives its address."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(request.param)
            self.send_header("Location", "http://192.0.2.1/sign-in")
            self.send_header("Content-Length", str(len(PORTAL)))
            self.end_headers()
            self.wfile.write(PORTAL)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_behind_the_door_of_a_guest_network_the_programme_stays_up(player, portal):
    controller = player.controller
    player.saves()
    own, player.address = player.address, portal
    player.restart()
    player.connects()
    player.shows("orange")
    player.hears_manifest(controller.manifest(controller.entry(controller.slide("red", "red"))))
    player.hears_beat(controller.beat(issued_at=controller.now() + HOUR, alerts={"led-64x32": 9}))
    player.until(lambda: "is this the controller" in player.problem or "302" in player.problem)
    player.settle()
    assert (player.item, player.colour) == ("orange", ORANGE)
    assert nothing_black(player)
    player.address = own
    player.restart()
    player.shows("red")


def test_an_alert_displaced_by_a_flood_of_garbage_comes_over_http(player):
    from players.contract import topics
    from players.link.wire import Message

    controller = player.controller
    topic = topics.alerts(controller.fleet, controller.profile)
    controller.sealed[topic] = controller.alerts(controller.alert())
    inbox = player.assembled.player._parts.inbox
    inbox.put(Message(topic, controller.sealed[topic]))
    for number in range(3000):
        inbox.put(Message(topic, b"garbage %d" % number))
    player.turn()
    assert player.item == "orange"
    player.hears_beat()
    player.shows("flood.1.1")


@pytest.mark.parametrize("hours", [7, -7, 24 * 365, -24 * 365])
def test_with_a_clock_hours_or_a_year_off_the_right_alert_is_up(player, hours):
    right = player.clock.system()
    player.controller.now = lambda: int(right)
    player.clock.is_set(right + hours * HOUR)
    player.restart()
    player.connects()
    player.hears_beat()
    player.until(lambda: abs(player.assembled.player._parts.time.now() - right) < 1000)
    player.hears_alerts(player.controller.alerts(player.controller.alert()))
    player.shows("flood.1.1")
    assert abs(player.statuses[-1].clock_offset + hours * HOUR) < 1000


def test_after_a_long_stop_what_is_due_now_is_up_in_the_first_turn(player):
    player.hears_alerts(player.controller.alerts(player.controller.alert()))
    player.shows("flood.1.1")
    player.clock.passes(26 * HOUR)  # stopped, or asleep: no turn in between
    player.shows("orange")
    assert nothing_black(player)
