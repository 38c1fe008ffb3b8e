"""Compiles the translations of the pages, so that Flask-Babel can read them."""

from setting_up.python_parts import VENV
from setting_up.saying import ROOT, run, step
from setting_up.stamps import is_done, key_of, mark_done

_FOLDER = ROOT / "signage" / "web" / "translations"


def compile_catalogues() -> None:
    """Make a .mo beside each .po; Vietnamese needs none, it is what the code says."""
    sources = list(_FOLDER.rglob("*.po"))
    key = key_of(files=sources)
    made = [source.with_suffix(".mo") for source in sources]
    if not sources or is_done("translations", key, made=made):
        return
    with step("compiling the translations"):
        run(
            [VENV / "bin" / "pybabel", "compile", "-d", _FOLDER],
            on_failure="a translation has a mistake; the lines above name the file and the line.",
        )
    mark_done("translations", key)
