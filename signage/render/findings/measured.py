"""Everything that can be measured on one drawn slide, from the pass that drew it."""

from collections.abc import Mapping

from PIL import Image

from signage.domain.display import Profile
from signage.domain.finding import Finding, gravest_first
from signage.domain.sentences import N_
from signage.render.contents import contents_of
from signage.render.findings.attribution import attributed
from signage.render.findings.codes import codes
from signage.render.findings.contrasts import contrasts
from signage.render.findings.cuts import cut_off
from signage.render.findings.heights import heights
from signage.render.findings.light import light
from signage.render.findings.marks import marks


def measured(picture: Image.Image, words: Mapping[str, str], profile: Profile) -> list[Finding]:
    """Return what to tell about `picture`, drawn with `words` (by field) for `profile`.

    The gravest come first. Costs a few ms at most: faces and pixels are those just drawn.
    """
    contents = contents_of(picture)
    told = attributed(contents.written, words)
    found = [
        *heights(told, profile),
        *contrasts(told, profile.id),
        *codes(contents.modules, profile),
        *light(picture, profile),
        *cut_off(contents.cut, profile.id),
        *marks(told, profile.id),
    ]
    if not contents.written:
        found.append(_unmeasured(profile))
    return gravest_first(found)


def _unmeasured(profile: Profile) -> Finding:
    return Finding(
        code="words_in_picture",
        severity="note",
        msgid=N_(
            "Chữ nằm trong ảnh không đo được. Hãy xem hình đúng cỡ của bảng này:"
            " nếu khó đọc, hãy gõ nội dung vào một mẫu có chữ."
        ),
        field="picture",
        profile=profile.id,
    )
