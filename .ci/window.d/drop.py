"""Drops files onto a window as a file manager does: drop.py WINDOW FILE...

The source's side of XDND 5 (freedesktop.org). Ends with 1 where the window does not take them.
"""
import pathlib
import sys
import time

from Xlib import X, display
from Xlib.protocol import event

VERSION = 5
PATIENCE = 10  # seconds


class Source:
    def __init__(self, window, files):
        self.display = display.Display()
        self.target = self.display.create_resource_object("window", window)
        self.uris = "".join(pathlib.Path(file).absolute().as_uri() + "\r\n" for file in files).encode()
        screen = self.display.screen()
        self.root = screen.root
        self.window = screen.root.create_window(0, 0, 1, 1, 0, screen.root_depth)
        self.window.set_selection_owner(self.atom("XdndSelection"), X.CurrentTime)

    def atom(self, name):
        return self.display.intern_atom(name)

    def send(self, name, *numbers):
        numbers = (self.window.id, *numbers, 0, 0, 0, 0)[:5]
        self.target.send_event(
            event.ClientMessage(window=self.target, client_type=self.atom(name), data=(32, numbers)))
        self.display.flush()

    def give(self, request):
        """The names of the files, to whoever asks for them."""
        request.requestor.change_property(request.property, request.target, 8, self.uris)
        request.requestor.send_event(event.SelectionNotify(
            time=request.time, requestor=request.requestor, selection=request.selection,
            target=request.target, property=request.property))
        self.display.flush()

    def answer(self, name):
        """Waits for this message; whether the window takes what is dropped."""
        last = time.monotonic() + PATIENCE
        while time.monotonic() < last:
            if not self.display.pending_events():
                time.sleep(0.01)
                continue
            told = self.display.next_event()
            if told.type == X.SelectionRequest:
                self.give(told)
            elif told.type == X.ClientMessage and told.client_type == self.atom(name):
                return bool(told.data[1][1] & 1)
        sys.exit(f"no {name} within {PATIENCE} s")

    def drop(self):
        size, corner = self.target.get_geometry(), self.target.translate_coords(self.root, 0, 0)
        x, y = size.width // 2 - corner.x, size.height // 2 - corner.y
        self.send("XdndEnter", VERSION << 24, self.atom("text/uri-list"))
        self.send("XdndPosition", 0, x << 16 | y, X.CurrentTime, self.atom("XdndActionCopy"))
        if not self.answer("XdndStatus"):
            sys.exit("the window refuses the files")
        self.send("XdndDrop", 0, X.CurrentTime)
        if not self.answer("XdndFinished"):
            sys.exit("the window does not take the files")


Source(int(sys.argv[1]), sys.argv[2:]).drop()
