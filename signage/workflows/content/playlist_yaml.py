"""Reads a playlist from a YAML file, and says file, line and what was meant when a key is wrong."""

import difflib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec
import yaml

from signage.domain.arrangement import MAIN
from signage.domain.fit import AUTO
from signage.domain.language import LANGUAGES, VIETNAMESE
from signage.domain.slide import USUAL_SECONDS, Version
from signage.render.layouts import LAYOUTS

MAX_FILE_BYTES = 1_000_000
_STAGING = ("arrangement", "transition", "header")


class BadFile(Exception):
    """What is wrong, and where: `playlists/gao/le.yaml:7: there is no key 'titel' …`."""

    def __init__(self, path: Path, line: int, words: str) -> None:
        super().__init__(f"{path}:{line}: {words}")
        self.path = path
        self.line = line


class SlideInFile(msgspec.Struct, frozen=True, kw_only=True):
    """One slide as written; `picture` or `video` is a path beside the file, `line` counts from 1.

    Without `seconds` it stays as long as is usual, or as its film lasts.
    """

    layout: str
    fields: dict[str, str]
    picture: Path | None
    video: Path | None
    seconds: int | None
    line: int
    language: str = VIETNAMESE
    versions: dict[str, Version] = {}
    zone: str = MAIN
    fit: str = AUTO


class TickerInFile(msgspec.Struct, frozen=True, kw_only=True):
    """One ticker line as written; `line` of the file counts from 1."""

    text: str
    speed: int
    line: int


class PlaylistFile(msgspec.Struct, frozen=True, kw_only=True):
    """One playlist as written: its keys are right, its words are not checked yet."""

    path: Path
    title: str
    staging: dict[str, str]
    targets: list[str]
    slides: list[SlideInFile]
    tickers: list[TickerInFile]


def read_playlist(path: Path) -> PlaylistFile:
    """Read one file; raises BadFile for anything that is no playlist."""
    keys = ("title", "targets", "slides", "tickers", *_STAGING)
    top = _Section(path, _root_of(path), "a playlist", keys)
    return PlaylistFile(
        path=path,
        title=top.text("title"),
        staging={name: top.text(name) for name in _STAGING if name in top.keys},
        targets=[_scalar(path, node, "targets") for node in top.items("targets")],
        slides=[_slide(path, node) for node in top.items("slides")],
        tickers=[_ticker(path, node) for node in top.items("tickers")],
    )


def read_slide(path: Path) -> SlideInFile:
    """Read a file that holds one slide; raises BadFile for anything else.

    Its words stand beside `layout`, as in a playlist, or under `fields`.
    """
    return _slide(path, _root_of(path, "layout"))


def _slide(path: Path, node: yaml.Node) -> SlideInFile:
    own = ("layout", "seconds", "picture", "video", "fit", "fields", "language", "versions", "zone")
    every = {field.name for layout in LAYOUTS.values() for field in layout.fields}
    slide = _Section(path, node, "a slide", (*own, *sorted(every)))
    layout = LAYOUTS.get(slide.text("layout"))
    if layout is None:
        meant = _meant(slide.text("layout"), LAYOUTS)
        raise slide.wrong("layout", f"there is no layout {slide.text('layout')!r}{meant}")
    names = [field.name for field in layout.fields]
    slide.refuse_others((*own, *names), f"a {layout.name} slide")
    if layout.film and "video" not in slide.keys:
        raise slide.wrong("layout", "a film needs the key 'video': a file beside this one")
    return SlideInFile(
        layout=layout.name,
        fields=_words(path, slide, names),
        picture=_beside(path, slide, "picture"),
        video=_beside(path, slide, "video"),
        seconds=slide.number("seconds", USUAL_SECONDS) if "seconds" in slide.keys else None,
        line=slide.line,
        language=_language(slide, "language", slide.text("language", VIETNAMESE)),
        versions=_versions(path, slide, names),
        zone=slide.text("zone", MAIN),
        fit=slide.text("fit", AUTO),
    )


def _beside(path: Path, slide: "_Section", key: str) -> Path | None:
    name = slide.text(key, "")
    return path.parent / name if name else None


def _words(path: Path, section: "_Section", names: Sequence[str]) -> dict[str, str]:
    """Return the words that stand in `section` beside its other keys, and those under `fields`."""
    words = {name: section.text(name) for name in names if name in section.keys}
    if "fields" in section.keys:
        nested = _Section(path, section.keys["fields"][1], section.what, names)
        words |= {name: nested.text(name) for name in nested.keys}
    return words


def _versions(path: Path, slide: "_Section", names: Sequence[str]) -> dict[str, Version]:
    if "versions" not in slide.keys:
        return {}
    tongues = _Section(path, slide.keys["versions"][1], "the versions", LANGUAGES)
    versions = {}
    for tag in tongues.keys:
        what = f"a version in {tag}"
        one = _Section(path, tongues.keys[tag][1], what, ("seconds", "fields", *names))
        seconds = one.number("seconds", slide.number("seconds", USUAL_SECONDS))
        versions[tag] = Version(fields=_words(path, one, names), seconds=seconds)
    return versions


def _language(section: "_Section", key: str, tag: str) -> str:
    if tag not in LANGUAGES:
        raise section.wrong(key, f"there is no language {tag!r}{_meant(tag, LANGUAGES)}")
    return tag


def _ticker(path: Path, node: yaml.Node) -> TickerInFile:
    line = _Section(path, node, "a ticker line", ("text", "speed"))
    return TickerInFile(text=line.text("text"), speed=line.number("speed", 2), line=line.line)


def _root_of(path: Path, first: str = "title") -> yaml.Node:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BadFile(path, 1, f"the file is larger than {MAX_FILE_BYTES} bytes")
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadFile(path, line, f"this is not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadFile(path, 1, "this is not YAML in UTF-8") from error
    if root is None:
        raise BadFile(path, 1, f"the file is empty; begin with `{first}:`")
    return root


class _Section:
    """One mapping of the file, with the line of each key."""

    def __init__(self, path: Path, node: yaml.Node, what: str, known: Collection[str]) -> None:
        self.path = path
        self.what = what
        self.line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise BadFile(path, self.line, f"{what} is written as `key: value` lines")
        self.keys: dict[str, tuple[int, yaml.Node]] = dict(self._pairs(node))
        self.refuse_others(known, what)

    def refuse_others(self, known: Collection[str], what: str) -> None:
        for key in self.keys:
            if key not in known:
                meant = _meant(key, known)
                raise self.wrong(key, f"there is no key {key!r} in {what}{meant}")

    def text(self, key: str, default: str | None = None) -> str:
        # The text as it was typed: YAML itself would turn 07:30 into 450 and "no" into false.
        if key in self.keys:
            return _scalar(self.path, self.keys[key][1], key)
        if default is None:
            raise BadFile(self.path, self.line, f"{self.what} needs the key {key!r}")
        return default

    def number(self, key: str, default: int) -> int:
        text = self.text(key, str(default))
        if not text.isascii() or not text.isdigit():
            raise self.wrong(key, f"{key} is a whole number, not {text!r}")
        return int(text)

    def items(self, key: str) -> list[yaml.Node]:
        if key not in self.keys:
            return []
        node = self.keys[key][1]
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(key, f"{key} is a list; begin each item with `- `")
        return list(node.value)

    def wrong(self, key: str, words: str) -> BadFile:
        return BadFile(self.path, self.keys[key][0], words)

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, tuple[int, yaml.Node]]]:
        seen: set[str] = set()
        for key_node, value in node.value:
            key, line = _scalar(self.path, key_node, "a key"), key_node.start_mark.line + 1
            if key in seen:
                raise BadFile(self.path, line, f"the key {key!r} stands here twice")
            seen.add(key)
            yield key, (line, value)


def _scalar(path: Path, node: yaml.Node, what: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise BadFile(path, node.start_mark.line + 1, f"{what} is a text, not a list or mapping")
    return str(node.value)


def _meant(word: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(known)}"
