"""An X server's screen, looked at and worked with as a person would, through Xlib itself."""

import ctypes
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

PATIENCE_S = 60

_T = TypeVar("_T")


def eventually(look: Callable[[], _T], what: str) -> _T:
    """Look until there is something to see, and return it."""
    deadline = time.monotonic() + PATIENCE_S
    while not (seen := look()):
        assert time.monotonic() < deadline, f"not within {PATIENCE_S} s: {what}"
        time.sleep(0.05)
    return seen


class Screen:
    """An X server without a window manager, and what a person could do at it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._x = ctypes.CDLL("libX11.so.6")
        self._keys = ctypes.CDLL("libXtst.so.6")
        for function in ("XOpenDisplay", "XDefaultRootWindow", "XInternAtom", "XStringToKeysym"):
            getattr(self._x, function).restype = ctypes.c_void_p
        # Windows come and go while we look at them; the default is to end the process.
        self._ignore = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(
            lambda *_: 0
        )
        self._x.XSetErrorHandler(self._ignore)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(name.encode()))
        self._root = self._x.XDefaultRootWindow(self._display)

    def titles(self) -> list[str]:
        """The titles of the windows that are shown."""
        return [title for _, title in self._windows()]

    def close(self, title: str) -> None:
        """Do what the close button of the title bar does."""
        message = _ClientMessage(
            type=33,
            window=self._find(title),
            message_type=self._atom("WM_PROTOCOLS"),
            format=32,
            data=(ctypes.c_long * 5)(self._atom("WM_DELETE_WINDOW"), 0, 0, 0, 0),
        )
        event = _Event(message=message)
        window = ctypes.c_ulong(message.window)
        self._x.XSendEvent(self._display, window, 0, ctypes.c_long(0), ctypes.byref(event))
        self._x.XFlush(self._display)

    def press(self, title: str, *keys: str) -> None:
        """Press *keys*, one after the other, in the window of that title."""
        window = ctypes.c_ulong(self._find(title))
        self._x.XSetInputFocus(self._display, window, 1, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)
        for key in keys:
            symbol = ctypes.c_ulong(self._x.XStringToKeysym(key.encode()))
            code = self._x.XKeysymToKeycode(self._display, symbol)
            for down in (1, 0):
                self._keys.XTestFakeKeyEvent(self._display, code, down, ctypes.c_ulong(0))
            self._x.XSync(self._display, 0)
            time.sleep(0.2)

    def _find(self, title: str) -> int:
        def look() -> list[int]:
            return [window for window, name in self._windows() if name == title]

        return eventually(look, f"a window with the title {title!r}")[0]

    def _windows(self) -> Iterator[tuple[int, str]]:
        for window in self._children(self._root):
            if title := self._title(window):
                yield window, title

    def _children(self, parent: int) -> list[int]:
        root, above, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        found = ctypes.POINTER(ctypes.c_ulong)()
        self._x.XQueryTree(
            self._display,
            ctypes.c_ulong(parent),
            *map(ctypes.byref, (root, above, found, count)),
        )
        return [found[n] for n in range(count.value)]

    def _title(self, window: int) -> str:
        kind, form = ctypes.c_ulong(), ctypes.c_int()
        count, left = ctypes.c_ulong(), ctypes.c_ulong()
        text = ctypes.c_char_p()
        self._x.XGetWindowProperty(
            self._display,
            ctypes.c_ulong(window),
            ctypes.c_ulong(self._atom("_NET_WM_NAME")),
            *map(ctypes.c_long, (0, 1024)),
            0,
            ctypes.c_ulong(self._atom("UTF8_STRING")),
            *map(ctypes.byref, (kind, form, count, left, text)),
        )
        return (text.value or b"").decode()

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, name.encode(), 0))


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
    )


class _Event(ctypes.Union):
    _fields_ = (("message", _ClientMessage), ("room", ctypes.c_long * 24))
