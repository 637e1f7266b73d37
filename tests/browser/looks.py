"""What is wrong with a screen, by the eye and by ear: its layout at every size, and what axe finds in both themes."""

from functools import cache
from pathlib import Path
from typing import Any

from .receptionist import Receptionist

HOUSE = Path(__file__).parents[2]
DESKTOP = {"width": 1366, "height": 768}
WIDE = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 740}
SIZES = {"desk": DESKTOP, "wide": WIDE, "phone": PHONE, "small-phone": SMALL_PHONE}
HEARD = ("desk", "phone")  # the two shapes that a screen has: what is told of it is asked in these

# The letters have come and what follows a new size has been done.
DRAWN = "() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))"

# What a screen reader tells does not depend on the theme; contrast does.
LISTEN = """async (rules) => {
  const told = await axe.run(document, {resultTypes: ["violations"], ...(rules && {runOnly: {type: "rule", values: rules}})});
  return told.violations.flatMap(({id, impact, nodes}) => nodes.map((node) => ({id, impact, at: node.target.join(" "), why: node.failureSummary.split("\\n")[1].trim()})));
}"""


@cache
def source(path: str) -> str:
    """The text of a script."""
    return (HOUSE / path).read_text(encoding="utf-8")


def look_at(desk: Receptionist, name: str, *, fits: bool = False, language: str = "fa") -> list[str]:
    """All that is wrong with what is shown, as sentences; `fits`: on a desktop it may not scroll. Pictures are kept."""
    faults: list[str] = []
    for size, viewport in SIZES.items():
        desk.page.set_viewport_size(viewport)  # type: ignore[arg-type]  # width and height
        desk.page.evaluate(DRAWN)
        may_scroll = not (fits and size in {"desk", "wide"})
        found = desk.page.evaluate(source("tests/browser/layout.js"), [may_scroll, language])
        faults += [f"{name}, {size}: {one}" for one in found]
        if size in HEARD:
            desk.picture(f"{size}-{name}")
            faults += [f"{name}, {size}, {one}" for one in listen(desk)]
    return faults


def listen(desk: Receptionist) -> list[str]:
    """What axe finds by day, and in the dark what cannot be read."""
    page = desk.page
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(source("node_modules/axe-core/axe.min.js"))
    found = [f"light: {_sentence(one)}" for one in page.evaluate(LISTEN, None)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {_sentence(one)}" for one in page.evaluate(LISTEN, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


def _sentence(one: dict[str, Any]) -> str:
    return f"{one['id']} ({one['impact']}) at {one['at']}: {one['why']}"
