"""What a receptionist does at a screen: press keys, swipe cards, look."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from .keyboards import Keyboard, Stroke

PICTURES = Path(__file__).parents[1] / "output"
FOCUSED = "*:focus"


class Receptionist:
    """A person at a screen. She has no mouse unless a test takes it by `page`.

    She types on a keyboard that prints what is asked for, unless she is given one with a layout of its own.
    """

    def __init__(self, page: Page, keyboard: Keyboard | None = None) -> None:
        self.page = page
        self.keyboard = keyboard
        self._wire = page.context.new_cdp_session(page)

    def log_in(self, name: str, password: str) -> None:
        """Begin the day by keyboard; the desk comes."""
        self.page.goto("/login")
        expect(self.at("#name")).to_be_focused()
        self.type(name)
        self.press("Tab")
        self.type(password)
        self.press("Enter")
        self.page.wait_for_url("**/desk")

    def press(self, *keys: str) -> None:
        """Press keys, as they are written on the buttons."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type text where the cursor is, Persian letters too as keys of a keyboard, which lists are searched by."""
        if self.keyboard:
            for stroke in self.keyboard.strokes(text):
                self._strike(stroke, stroke.prints)
            return
        for letter in text:
            if letter.isascii():
                self.page.keyboard.type(letter)
            else:
                self._strike(Stroke("", letter), letter)

    def strike(self, code: str, *, shift: bool = False, ctrl: bool = False) -> None:
        """Press the key at a place of her keyboard, whatever it prints there."""
        assert self.keyboard
        stroke = self.keyboard.at(code, shift=shift)
        self._strike(stroke, "" if ctrl else stroke.prints, modifiers=2 * ctrl)

    def _strike(self, stroke: Stroke, text: str, modifiers: int = 0) -> None:
        event = {"key": stroke.prints, "code": stroke.code, "modifiers": modifiers + 8 * stroke.shift}
        if stroke.code.startswith(("Key", "Digit")):
            event["windowsVirtualKeyCode"] = ord(stroke.code[-1])
        self._wire.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": text} | event)
        self._wire.send("Input.dispatchKeyEvent", {"type": "keyUp"} | event)

    def swipe(self, raw: str) -> None:
        """Pull a card through the reader, which types what it reads and ends with Enter."""
        self.page.keyboard.type(f"{raw}\n")

    def tab_to(self, target: Locator, most: int = 40) -> None:
        """Go to something by Tab alone; fails when it cannot be reached."""
        for _ in range(most):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def at(self, selector: str) -> Locator:
        """A part of the page."""
        return self.page.locator(selector)

    def sees(self, selector: str, *texts: str) -> None:
        """Wait until a part of the page shows the texts."""
        for text in texts:
            expect(self.at(selector).first).to_contain_text(text)

    def is_told(self, sentence: str) -> None:
        """Wait for a toast with the sentence."""
        expect(self.at(".toast-line").filter(has_text=sentence).first).to_be_visible()

    def goes_to(self, path: str) -> None:
        """Wait until the page is at a path, a pattern."""
        self.page.wait_for_url(re.compile(path))

    def prints(self) -> int:
        """How often the browser was told to print."""
        return int(self.page.evaluate("Number(localStorage.getItem('prints'))"))

    def picture(self, name: str) -> None:
        """Keep a picture of the screen for people to look at."""
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")
