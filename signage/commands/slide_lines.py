"""What `signage render` writes: the frame into a file, and what there is to say about it."""

import json
from pathlib import Path
from typing import Any

import click

from signage.clock import now_ms
from signage.domain.display import Profile
from signage.domain.finding import Finding, refuses
from signage.render.frames import Frame
from signage.render.pictures import as_png
from signage.web.language import english
from signage.workflows.content.slide_files import BadFile, Judged, judge_file


def render(path: Path, profile: Profile, out: Path | None, *, as_json: bool) -> bool:
    """Draw the slide in `path` for `profile` into `out`; return whether it may be shown.

    Further pages and languages go beside it: out-2.png, out-jra.png, out-jra-2.png.
    """
    try:
        spoken = judge_file(path, profile, at=now_ms())
    except BadFile as bad:
        raise click.ClickException(str(bad)) from bad
    first = next(iter(spoken))
    files = {
        tag: [_name(out, "" if tag == first else tag, at) for at in range(len(judged.pages))]
        for tag, judged in spoken.items()
    }
    for tag, judged in spoken.items():
        for frame, file in zip(judged.pages, files[tag], strict=True):
            if file:
                file.write_bytes(_as_file(frame, file))
    if as_json:
        click.echo(json.dumps(_document(spoken, profile, files), ensure_ascii=False, indent=1))
    else:
        for tag, judged in spoken.items():
            for said in judged.findings:
                where = "" if tag == first else f"[{tag}] "
                click.echo(
                    f"{said.severity}: {where}{said.text()} ({said.text(english)})", err=True
                )
    return all(one.pages and refuses(one.findings) is None for one in spoken.values())


def _name(out: Path | None, tag: str, at: int) -> Path | None:
    more = [tag] * bool(tag) + [str(at + 1)] * bool(at)
    return out and out.with_stem("-".join([out.stem, *more]))


def _as_file(frame: Frame, out: Path) -> bytes:
    """Return the bytes the player gets, or the same pixels where the name asks for a PNG."""
    own = (".jpg", ".jpeg") if frame.media_type == "image/jpeg" else (".png",)
    if out.suffix.lower() in own:
        return frame.bytes
    if out.suffix.lower() == ".png":
        return as_png(frame.bytes)
    raise click.ClickException(f"{out}: name it {own[0]}, for the frame is {frame.media_type}.")


def _document(
    spoken: dict[str, Judged], profile: Profile, files: dict[str, list[Path | None]]
) -> dict[str, Any]:
    """Return what `--json` prints: the first page as `frame`, all of them as `pages`."""
    pages = [
        {**_frame(frame), "language": tag, "file": file and str(file)}
        for tag, judged in spoken.items()
        for frame, file in zip(judged.pages, files[tag], strict=True)
    ]
    own = next(iter(spoken.values()))
    return {
        "profile": profile.id,
        "width": profile.width,
        "height": profile.height,
        "frame": _frame(own.pages[0]) if own.pages else None,
        "pages": pages,
        "findings": [
            _finding(one, tag) for tag, judged in spoken.items() for one in judged.findings
        ],
    }


def _frame(frame: Frame) -> dict[str, Any]:
    return {"sha256": frame.sha256, "media_type": frame.media_type, "bytes": len(frame.bytes)}


def _finding(one: Finding, tag: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "language": tag,
        "severity": one.severity,
        "field": one.field,
        "vi": one.text(),
        "en": one.text(english),
    }
