"""The backdrop of an X screen shows the last picture: it stays there when the player dies.

The X server paints the root window by itself wherever a window has gone, so between the end of a
player and the first picture of the next there is no desktop and no black. Spoken over xcb, which
tells of errors instead of ending the process as Xlib does.
"""

from __future__ import annotations

import ctypes
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

Z_PIXMAP, BACK_PIXMAP = 2, 1
SUBWINDOW_MODE, GRAPHICS_EXPOSURES = 1 << 15, 1 << 16
INCLUDE_INFERIORS, NO_EVENTS = 1, 0
ROWS_BYTES = 128 * 1024
"""Pixels go to the server in parts of about this size, which any server takes."""


class Backdrop:
    """A connection to the X server named by DISPLAY. Raises `OSError` where there is none.

    One thread at a time.
    """

    def __init__(self) -> None:
        self._xcb = _library()
        self._server = self._xcb.xcb_connect(os.environ.get("DISPLAY", "").encode() or None, None)
        if self._xcb.xcb_connection_has_error(self._server):
            self._xcb.xcb_disconnect(self._server)
            raise OSError("there is no X server")
        setup = self._xcb.xcb_get_setup(self._server)
        self._screen = self._xcb.xcb_setup_roots_iterator(setup).data.contents
        if self._screen.root_depth not in {24, 32}:
            self.close()
            raise OSError(f"an X screen of {self._screen.root_depth} bits")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the screen in pixels."""
        return self._screen.width, self._screen.height

    def keep(self, picture: Image, left: int, top: int) -> None:
        """Make `picture` what the root window shows at left, top; around it stays what is there."""
        xcb, server, root = self._xcb, self._server, self._screen.root
        size = self.size
        pixmap, pen = xcb.xcb_generate_id(server), xcb.xcb_generate_id(server)
        xcb.xcb_create_pixmap(server, self._screen.root_depth, pixmap, root, *size)
        values = (ctypes.c_uint32 * 2)(INCLUDE_INFERIORS, NO_EVENTS)
        xcb.xcb_create_gc(server, pen, root, SUBWINDOW_MODE | GRAPHICS_EXPOSURES, values)
        xcb.xcb_copy_area(server, root, pixmap, pen, 0, 0, 0, 0, *size)
        self._put(picture, pixmap, pen, left, top)
        background = (ctypes.c_uint32 * 1)(pixmap)
        xcb.xcb_change_window_attributes(server, root, BACK_PIXMAP, background)
        xcb.xcb_free_gc(server, pen)
        xcb.xcb_free_pixmap(server, pixmap)  # the root window holds on to it
        xcb.xcb_clear_area(server, 0, root, 0, 0, 0, 0)
        xcb.xcb_flush(server)
        if xcb.xcb_connection_has_error(server):
            raise OSError("the X server is gone")

    def close(self) -> None:
        self._xcb.xcb_disconnect(self._server)

    def _put(self, picture: Image, pixmap: int, pen: int, left: int, top: int) -> None:
        width, height = picture.size
        pixels = picture.convert("RGB").tobytes("raw", "BGRX")
        rows = max(1, ROWS_BYTES // (4 * width))
        for first in range(0, height, rows):
            part = pixels[first * width * 4 : (first + rows) * width * 4]
            self._xcb.xcb_put_image(
                self._server,
                Z_PIXMAP,
                pixmap,
                pen,
                width,
                len(part) // (4 * width),
                left,
                top + first,
                0,
                self._screen.root_depth,
                len(part),
                part,
            )


class _Screen(ctypes.Structure):
    """`xcb_screen_t` of xproto.h."""

    _fields_ = (
        ("root", ctypes.c_uint32),
        ("default_colormap", ctypes.c_uint32),
        ("white_pixel", ctypes.c_uint32),
        ("black_pixel", ctypes.c_uint32),
        ("current_input_masks", ctypes.c_uint32),
        ("width", ctypes.c_uint16),
        ("height", ctypes.c_uint16),
        ("width_mm", ctypes.c_uint16),
        ("height_mm", ctypes.c_uint16),
        ("min_maps", ctypes.c_uint16),
        ("max_maps", ctypes.c_uint16),
        ("root_visual", ctypes.c_uint32),
        ("backing_stores", ctypes.c_uint8),
        ("save_unders", ctypes.c_uint8),
        ("root_depth", ctypes.c_uint8),
        ("allowed_depths", ctypes.c_uint8),
    )


class _Screens(ctypes.Structure):
    """`xcb_screen_iterator_t`: the first screen."""

    _fields_ = (
        ("data", ctypes.POINTER(_Screen)),
        ("rem", ctypes.c_int),
        ("index", ctypes.c_int),
    )


def _library() -> Any:
    """The library with the types of what is called; raises `OSError` where it is missing."""
    xcb: Any = ctypes.CDLL("libxcb.so.1")
    server, word, number, short = (
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_uint16,
        ctypes.c_int16,
    )
    xcb.xcb_connect.restype = server
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_get_setup.restype = ctypes.c_void_p
    xcb.xcb_get_setup.argtypes = [server]
    xcb.xcb_setup_roots_iterator.restype = _Screens
    xcb.xcb_setup_roots_iterator.argtypes = [ctypes.c_void_p]
    xcb.xcb_generate_id.restype = word
    for name in ("connection_has_error", "disconnect", "generate_id", "flush"):
        getattr(xcb, f"xcb_{name}").argtypes = [server]
    calls: dict[str, list[Any]] = {
        "create_pixmap": [ctypes.c_uint8, word, word, number, number],
        "create_gc": [word, word, word, ctypes.c_void_p],
        "copy_area": [word, word, word, short, short, short, short, number, number],
        "put_image": [
            *(ctypes.c_uint8, word, word, number, number, short, short),
            *(ctypes.c_uint8, ctypes.c_uint8, word, ctypes.c_char_p),
        ],
        "change_window_attributes": [word, word, ctypes.c_void_p],
        "free_gc": [word],
        "free_pixmap": [word],
        "clear_area": [ctypes.c_uint8, word, short, short, number, number],
    }
    for name, arguments in calls.items():
        function = getattr(xcb, f"xcb_{name}")
        function.argtypes = [server, *arguments]
        function.restype = ctypes.c_uint64  # a cookie, which nobody asks about
    return xcb
