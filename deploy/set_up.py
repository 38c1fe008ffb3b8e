"""Sets up a checkout so that the demo, the checks and the tests run: `make setup` calls this.

Runs on the system's bare Python 3.11 or newer, before anything is installed. Each step says
what it does and why, and leaves a stamp, so that the second time takes no time.
"""

import sys

from setting_up import (
    browser_files,
    page_typeface,
    pixel_faces,
    python_parts,
    system_parts,
    translations,
)
from setting_up.saying import SetupStopped


def main(arguments: list[str]) -> int:
    try:
        python_parts.install()
        browser_files.install()
        page_typeface.make()
        pixel_faces.make()
        translations.compile_catalogues()
        if "--for-tests" in arguments:
            system_parts.install_for_tests()
    except SetupStopped as reason:
        print(f"\nSet-up stopped: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
