"""Sets the project's Markdown as pages in build/docs and refuses links that lead nowhere; exits 1 and names them."""

import re
import shutil
import sys
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "build" / "docs"
PAGE = """<!doctype html>
<html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.6; font-family: Vazirmatn, sans-serif }}
img {{ max-width: 100% }} pre {{ overflow-x: auto; direction: ltr }}
td, th {{ padding: .2rem .6rem; text-align: start }}
</style>
<body dir="auto">
{body}</body></html>
"""
ELSEWHERE = re.compile(r"^[a-z]+:")  # an address with a scheme


def main() -> int:
    """Build every page, then report what is broken."""
    shutil.rmtree(TARGET, ignore_errors=True)
    sources = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    broken = [complaint for source in sources for complaint in build_page(source)]
    for complaint in broken:
        print(complaint, file=sys.stderr)
    print(f"{len(sources)} pages in {TARGET.relative_to(ROOT)}, {len(broken)} broken links")
    return 1 if broken else 0


def build_page(source: Path) -> list[str]:
    """Write one page with what it shows; answers its broken links."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(source.read_text(encoding="utf-8"))
    mark_headings(tokens)
    links = [(token, name) for token in inline(tokens) for name in ("href", "src") if token.attrGet(name)]
    broken = [
        f"{source.relative_to(ROOT)}: {token.attrGet(name)} leads nowhere"
        for token, name in links
        if not leads_somewhere(source, str(token.attrGet(name)))
    ]
    for token, name in links:
        point_to_page(source, token, name)
    write(source, markdown.renderer.render(tokens, markdown.options, {}))
    return broken


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def mark_headings(tokens: list[Token]) -> list[str]:
    """Give each heading the anchor that GitHub gives it."""
    anchors = []
    for opening, text in pairwise(tokens):
        if opening.type == "heading_open":
            words = re.sub(r"[^\w\s-]", "", text.content.lower()).replace(" ", "-")
            anchors.append(words)
            opening.attrSet("id", words)
    return anchors


def leads_somewhere(source: Path, link: str) -> bool:
    """Whether a link within the project has its file, and its heading there."""
    if ELSEWHERE.match(link):
        return True
    path, _, anchor = link.partition("#")
    goal = (source.parent / path).resolve() if path else source
    if not goal.exists() or not goal.is_relative_to(ROOT):
        return False
    return not anchor or goal.suffix != ".md" or anchor in mark_headings(MarkdownIt().parse(goal.read_text("utf-8")))


def point_to_page(source: Path, token: Token, name: str) -> None:
    """Let links between documents lead from page to page, and bring pictures along."""
    link = str(token.attrGet(name))
    path, mark, anchor = link.partition("#")
    if ELSEWHERE.match(link) or not path:
        return
    if path.endswith(".md"):
        token.attrSet(name, path.removesuffix(".md") + ".html" + mark + anchor)
    elif (picture := (source.parent / path).resolve()).is_file() and picture.is_relative_to(ROOT):
        goal = TARGET / picture.relative_to(ROOT)
        goal.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, goal)


def write(source: Path, body: str) -> None:
    goal = (TARGET / source.relative_to(ROOT)).with_suffix(".html")
    goal.parent.mkdir(parents=True, exist_ok=True)
    goal.write_text(PAGE.format(title=source.stem, body=body), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
