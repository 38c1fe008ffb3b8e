"""A window of SDL on a screen: where it stands, how it is painted, how that comes on the glass.

`surface` is the output; it asks `monitors` for its place, has `painting` draw, and `presenting`
bring that on by processor or card. `loudspeaker` is what is heard, `backdrop` what X shows while
there is no window. pygame is an extra: only a player with a screen loads more than this file.
"""

import os

# Before SDL starts: a window surface in plain memory. Left alone, SDL draws through OpenGL even
# where that is done in software: 9.8 ms for a frame of 1920x1080 instead of 1.1 ms.
os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")  # no scaling behind our back
os.environ.setdefault("SDL_VIDEO_MINIMIZE_ON_FOCUS_LOSS", "0")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
