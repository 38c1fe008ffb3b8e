"""Makes the typeface of the pages, so that they need no font from the net or from the reader."""

from setting_up.browser_files import VENDOR
from setting_up.python_parts import PYTHON
from setting_up.saying import ROOT, run, step
from setting_up.stamps import is_done, key_of, mark_done

_MAKER = ROOT / "signage" / "web" / "typeface.py"
_TYPEFACE = VENDOR / "noto-sans.woff"


def make() -> None:
    """Cut the letters of the pages' languages out of the locked Noto Sans."""
    if not _MAKER.is_file():  # a checkout without the pages needs none
        return
    key = key_of(files=[_MAKER, ROOT / "requirements" / "dev.txt"])
    if is_done("typeface", key, made=[_TYPEFACE]):
        return
    with step("making the typeface of the pages from Noto Sans"):
        run(
            [PYTHON, "-m", "signage.web.typeface"],
            on_failure="the typeface of the pages could not be made; the lines above say why.",
        )
    mark_done("typeface", key)
