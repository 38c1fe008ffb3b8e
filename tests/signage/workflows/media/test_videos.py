"""A video becomes a film that every player decodes, and one for each size of display."""

import io
import os
from pathlib import Path

import av
import pytest
from PIL import Image

from signage.domain.display import Profile
from signage.domain.media import Asset
from signage.domain.sentences import Refused
from signage.domain.slide import Slide
from signage.store import Store
from signage.workflows.content.film_slides import NotYet, film_of
from signage.workflows.media import converting, jobs, library
from signage.workflows.media.job_runner import Runner
from tests.signage.ingest.bad_files import encoded, photo
from tests.signage.ingest.bad_films import animation, film, frameless, song
from tests.signage.ingest.scans import scan
from tests.signage.pleiku import NOON, OFFICER, WARD

SMALL = Profile(
    id="small", name="Bảng nhỏ", width=200, height=80, traffic=False, pitch_um=10_000,
    viewing_cm=2000, languages=["vi"],
)  # fmt: skip
TALL = Profile(
    id="tall", name="Màn hình đứng", width=270, height=480, traffic=False, pitch_um=500,
    viewing_cm=400, languages=["vi"],
)  # fmt: skip


def add(store: Store, folder: Path, data: bytes, filename: str = "video.mp4") -> Asset:
    path = folder / "upload.part"
    path.write_bytes(data)
    return library.add_asset(store, path, filename=filename, unit=WARD.id, by=OFFICER, at=NOON)


def work(store: Store) -> None:
    runner = Runner(store, changed=lambda: None)
    while runner.run_one():
        pass


def found(store: Store, asset: Asset) -> Asset:
    return library.asset(store, asset.sha256, unit=WARD.id, by=OFFICER)


def refused(store: Store, folder: Path, data: bytes) -> str:
    """The sentence, at the door or from the job; nothing is kept either way."""
    try:
        asset = add(store, folder, data)
    except Refused as refusal:
        assert not [p for p in store.originals.root.rglob("*") if p.is_file()]
        return refusal.text()
    work(store)
    ended = found(store, asset)
    assert ended.state == "refused"
    assert ended.reason is not None
    assert not store.originals.has(asset.sha256)
    return ended.reason.text()


def test_a_video_becomes_one_that_every_player_decodes(store: Store, tmp_path: Path) -> None:
    data = film(size=(640, 360), seconds=2.5, sound=True)
    asset = add(store, tmp_path, data)
    assert (asset.kind, asset.state, asset.seconds_ms) == ("video", "working", 2500)
    [job] = jobs.jobs_of(store, by=OFFICER)
    assert (job.estimate_ms or 0) > 0
    work(store)
    ready = found(store, asset)
    assert (ready.state, ready.width, ready.height, ready.sound) == ("ready", 640, 360, True)
    poster = Image.open(io.BytesIO(store.blobs.read(ready.clean_sha256)))
    assert (poster.format, poster.size) == ("JPEG", (640, 360))
    master = library.video_master(store, ready)
    written = store.blobs.read(master.blob)
    assert b"+13.98" not in written
    assert written.index(b"moov") < written.index(b"mdat")
    with av.open(io.BytesIO(written), format="mp4") as container:
        video = container.streams.video[0]
        assert (video.codec_context.name, video.codec_context.profile) == ("h264", "High")
        assert (video.codec_context.pix_fmt, video.average_rate) == ("yuv420p", 30)
        keys = [float(p.pts * p.time_base) for p in container.demux(video) if p.is_keyframe]
        assert keys == [0.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("form", "codec"), [("mov", "libx264"), ("matroska", "libx264"), ("webm", "libvpx-vp9")]
)
def test_each_promised_container_is_taken(
    store: Store, tmp_path: Path, form: str, codec: str
) -> None:
    asset = add(store, tmp_path, film(form=form, codec=codec, seconds=1), "ghi chú.txt")
    work(store)
    assert found(store, asset).state == "ready"


@pytest.mark.system("sample files")
@pytest.mark.parametrize("name", ["movie1/VID_20191220_170832.mp4", "movie2/movie-hello.mp4"])
def test_real_videos_of_phones_are_taken(store: Store, tmp_path: Path, name: str) -> None:
    data = (Path("/usr/share/forensics-samples/original-files") / name).read_bytes()
    asset = add(store, tmp_path, data)
    work(store)
    ready = found(store, asset)
    assert ready.state == "ready"
    master = library.video_master(store, ready)
    assert abs(master.seconds_ms - (asset.seconds_ms or 0)) < 200


def test_each_display_size_gets_its_own_film(store: Store, tmp_path: Path) -> None:
    asset = add(store, tmp_path, film(seconds=1))
    work(store)
    wanted = converting.sizes_on_air(store)
    made = {(v.width, v.height) for v in store.videos.of_video(asset.sha256)} - {(0, 0)}
    assert made == wanted
    assert wanted
    assert {job.state for job in jobs.jobs_of(store, by=OFFICER)} == {"done"}


@pytest.mark.parametrize("profile", [SMALL, TALL], ids=["wide", "tall"])
def test_a_film_for_another_profile_is_made_when_asked_for(
    store: Store, tmp_path: Path, profile: Profile
) -> None:
    asset = add(store, tmp_path, film(seconds=1))
    work(store)
    ready = found(store, asset)
    slide = Slide(
        id="film", layout="video", fields={}, video=ready.sha256, picture=ready.clean_sha256
    )
    for _ in range(2):
        with pytest.raises(NotYet, match="đang được chuẩn bị"):
            film_of(store, slide, profile, profile.size)
    assert len(store.jobs.unfinished()) == 1
    work(store)
    rendition = film_of(store, slide, profile, profile.size)
    assert rendition.film is not None
    with av.open(io.BytesIO(store.blobs.read(rendition.film.blob)), format="mp4") as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == profile.size
        picture = next(container.decode(stream)).to_image()
    assert Image.open(io.BytesIO(store.blobs.read(rendition.blob))).size == profile.size
    # Whole, between black bars, for this shape is too different to be cut to.
    middle = picture.getpixel((profile.width // 2, profile.height // 2))
    assert middle[0] > 150
    assert sum(picture.getpixel((1, 1))) < 60


def test_an_officer_may_have_a_film_fill_the_glass_and_is_told_what_is_cut(
    store: Store, tmp_path: Path
) -> None:
    asset = add(store, tmp_path, film(seconds=1))
    work(store)
    slide = Slide(id="film", layout="video", fields={}, video=asset.sha256, fit="fill")
    with pytest.raises(NotYet):
        film_of(store, slide, SMALL, SMALL.size)
    work(store)
    rendition = film_of(store, slide, SMALL, SMALL.size)
    poster = Image.open(io.BytesIO(store.blobs.read(rendition.blob)))
    assert poster.size == SMALL.size
    assert sum(poster.getpixel((1, 1))) > 60  # type: ignore[arg-type]
    assert [one.code for one in rendition.findings] == ["cut_off"]


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_a_picture_that_moves_becomes_a_video(store: Store, tmp_path: Path, form: str) -> None:
    asset = add(store, tmp_path, animation(form))
    assert (asset.kind, asset.state, asset.width) == ("video", "working", 160)
    assert store.blobs.has(asset.clean_sha256)  # its first picture shows at once
    work(store)
    ready = found(store, asset)
    assert (ready.kind, ready.state, ready.seconds_ms) == ("video", "ready", 6000)


def test_an_animation_in_which_nothing_moves_is_a_picture(store: Store, tmp_path: Path) -> None:
    asset = add(store, tmp_path, animation("GIF", moves=False))
    work(store)
    ready = found(store, asset)
    assert (ready.kind, ready.state) == ("picture", "ready")


def test_an_animation_of_twenty_thousand_pictures_is_refused(store: Store, tmp_path: Path) -> None:
    data = bytearray(animation("GIF", pictures=3))
    start = data.index(b"\x21\xf9", 30)
    end = data.rindex(b"\x3b")
    endless = bytes(data[:end]) + bytes(data[start:end]) * 10_000 + b"\x3b"
    assert "quá nhiều công tính toán" in refused(store, tmp_path, endless)


def test_hls_in_disguise_opens_no_other_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "secret.ts").write_bytes(film(form="mpegts"))
    playlist = f"#EXTM3U\n#EXTINF:2,\nfile://{tmp_path}/secret.ts\n#EXT-X-ENDLIST\n".encode()
    assert "Không nhận ra" in refused(store, tmp_path, playlist)
    boxed = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + playlist
    assert "bị hỏng" in refused(store, tmp_path, boxed)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (song(), "không có hình động"),
        (frameless(), "không có hình động"),
        (film(seconds=4)[: len(film(seconds=4)) // 2], "thiếu phần cuối"),
        (film()[:300], "Hãy chọn tệp video khác"),
        (b"\x1a\x45\xdf\xa3" + b"\x00" * 500, "bị hỏng"),
        (b"\x1a\x45\xdf\xa3", "bị hỏng"),
        (film(form="avi"), "MP4, MOV, WebM hoặc MKV"),
        (film(form="mpegts"), "Không nhận ra"),
        (film(size=(4200, 64), seconds=0.2), "4096"),
    ],
    ids=[
        "song",
        "no pictures",
        "half",
        "head",
        "zeros",
        "four bytes",
        "avi",
        "transport stream",
        "too wide",
    ],
)
def test_what_is_no_whole_film_is_a_sentence(
    store: Store, tmp_path: Path, data: bytes, words: str
) -> None:
    assert words in refused(store, tmp_path, data)


def test_a_video_that_is_too_long_is_refused_at_the_door(store: Store, tmp_path: Path) -> None:
    assert "15 phút" in refused(store, tmp_path, film(size=(32, 32), seconds=1000, rate=1))


def test_pictures_are_still_ready_at_once(store: Store, tmp_path: Path) -> None:
    asset = add(store, tmp_path, encoded(photo()), "ảnh.jpg")
    assert (asset.kind, asset.state) == ("picture", "ready")
    assert jobs.jobs_of(store, by=OFFICER) == []


def test_no_film_is_left_in_the_temporary_folder(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "room"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    add(store, tmp_path, film(seconds=1))
    work(store)
    with pytest.raises(Refused):
        add(store, tmp_path, song())
    assert os.listdir(room) == []  # noqa: PTH208 - names are enough


@pytest.mark.system("tesseract")
def test_a_film_that_begins_with_a_marked_page_leaves_nothing(store: Store, tmp_path: Path) -> None:
    page = scan("Phương án bảo vệ", stamp="TỐI MẬT", askew=0)
    video = add(store, tmp_path, film(size=page.size, seconds=0.2, still=page))
    work(store)
    [job] = store.jobs.of_subject(WARD.id, video.sha256)
    assert job.said is not None
    assert "TỐI MẬT" in job.said.text()
    roots = (store.originals.root, store.blobs.root)
    assert [path for root in roots for path in root.rglob("*") if path.is_file()] == []
