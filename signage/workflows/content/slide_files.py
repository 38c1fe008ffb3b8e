"""A slide from a file, judged and drawn exactly as for a player, without any database."""

from pathlib import Path

from signage.domain.display import Profile
from signage.domain.sentences import Refused
from signage.domain.slide import USUAL_SECONDS, Slide, checked_seconds
from signage.ingest.uploads import intake
from signage.render.figures import as_seen
from signage.render.judging import Judged, judge
from signage.render.layouts import takes_film
from signage.render.pictures import Picture, open_clean
from signage.workflows.content.playlist_yaml import BadFile, SlideInFile, read_slide

__all__ = ["BadFile", "Judged", "judge_file"]


def judge_file(path: Path, profile: Profile, *, at: int) -> dict[str, Judged]:
    """Return the pages of the slide that the YAML file at `path` holds, by language, and findings.

    Figures stand on them as they would at `at` (UTC ms).
    Raises BadFile, naming file and line, when the file is no slide or its picture is none.
    """
    written = read_slide(path)
    if takes_film(written.layout):
        raise BadFile(path, written.line, "a film is no single picture; look at it on the page")
    try:
        seconds = USUAL_SECONDS if written.seconds is None else checked_seconds(written.seconds)
        picture = _picture(written, profile)
    except Refused as refused:
        raise BadFile(path, written.line, str(refused)) from refused
    slide = Slide(
        id="slide",
        layout=written.layout,
        fields=written.fields,
        picture=None if written.picture is None else str(written.picture),
        seconds=seconds,
        language=written.language,
        versions=written.versions,
        fit=written.fit,
    )
    judged = {one.language: judge(one, profile, picture=picture) for one in slide.spoken()}
    return {
        tag: one._replace(pages=type(one.pages)(as_seen(page, at) for page in one.pages))
        for tag, one in judged.items()
    }


def _picture(written: SlideInFile, profile: Profile) -> Picture | None:
    """Return the clean copy that the library would keep of the slide's picture."""
    if written.picture is None:
        return None
    clean = intake(written.picture, filename=written.picture.name)
    return open_clean(clean.data, at_least=profile.size)
