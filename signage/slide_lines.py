"""What `signage render` writes: the frame into a file, and what there is to say about it."""

import json
from pathlib import Path
from typing import Any

import click

from signage.domain.display import Profile
from signage.domain.finding import Finding, refuses
from signage.render.frames import Frame
from signage.render.pictures import as_png
from signage.web.language import english
from signage.workflows.slide_files import BadFile, Judged, judge_file


def render(path: Path, profile: Profile, out: Path | None, *, as_json: bool) -> bool:
    """Draw the slide in `path` for `profile` into `out`; return whether it may be shown."""
    try:
        judged = judge_file(path, profile)
    except BadFile as bad:
        raise click.ClickException(str(bad)) from bad
    if judged.frame and out:
        out.write_bytes(_as_file(judged.frame, out))
    if as_json:
        click.echo(json.dumps(_document(judged, profile), ensure_ascii=False, indent=1))
    else:
        for finding in judged.findings:
            click.echo(f"{finding.severity}: {finding.text()} ({finding.text(english)})", err=True)
    return judged.frame is not None and refuses(judged.findings) is None


def _as_file(frame: Frame, out: Path) -> bytes:
    """Return the bytes the player gets, or the same pixels where the name asks for a PNG."""
    own = (".jpg", ".jpeg") if frame.media_type == "image/jpeg" else (".png",)
    if out.suffix.lower() in own:
        return frame.bytes
    if out.suffix.lower() == ".png":
        return as_png(frame.bytes)
    raise click.ClickException(f"{out}: name it {own[0]}, for the frame is {frame.media_type}.")


def _document(judged: Judged, profile: Profile) -> dict[str, Any]:
    frame = judged.frame
    return {
        "profile": profile.id,
        "width": profile.width,
        "height": profile.height,
        "frame": frame and {
            "sha256": frame.sha256, "media_type": frame.media_type, "bytes": len(frame.bytes),
        },
        "findings": [_finding(one) for one in judged.findings],
    }  # fmt: skip


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "field": one.field,
        "vi": one.text(),
        "en": one.text(english),
    }
