"""Serving the built pages: one HTML file for each screen, and what it names.

The scripts and styles carry a hash in their names and may be kept for ever; the pages
themselves are asked for anew each time. Which hall or window a page shows stands in
its address, and the page reads it there.
"""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler


BUILT = Path(__file__).parent / "built"

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

PAGES: dict[str, str] = {
    "/": "home",
    "/board/{hall}": "board",
    "/sign/{hall}/{window}": "sign",
    "/kiosk/{hall}": "kiosk",
    "/phone/{hall}": "phone",
    "/t/{ticket}": "phone",
    "/console/{hall}": "console",
    "/pad/{hall}/{window}": "pad",
    "/help-desk/{hall}": "help-desk",
    "/manager/{hall}": "manager",
    "/devices/{hall}": "devices",
    "/audit": "audit",
    "/account": "account",
    "/sign-in": "sign-in",
}
"""Address → the page that is served there."""


NOWHERE = r"/{nowhere:(?!(?:api|built)(?:/|$)).+}"
"""Any other address that a person may have typed; programs are told in their way."""


def add_pages(app: web.Application, built: Path = BUILT) -> None:
    """Serve every page and the files it names.

    What wakes for messages stands at the top: it may act for the pages below itself.
    """
    for address, page in PAGES.items():
        app.router.add_get(address, page_handler(built / f"{page}.html"))
    app.router.add_get("/push-worker.js", page_handler(built / "push-worker.js"))
    app.router.add_get("/built/{file:.+}", file_handler(built))
    app.router.add_get(NOWHERE, page_handler(built / "missing.html", status=404))


def page_handler(file: Path, status: int = 200) -> Handler:
    """Return what serves one page."""

    async def serve_page(request: web.Request) -> web.StreamResponse:
        if not file.is_file():
            text = f"the page {file.stem} has not been built\n"
            return web.Response(status=503, text=text)
        return web.FileResponse(file, status=status, headers=kept(ASK_AGAIN))

    return serve_page


def file_handler(built: Path) -> Handler:
    """Return what serves the scripts, styles, pictures and sounds of the pages."""
    root = built.resolve()

    async def serve_file(request: web.Request) -> web.StreamResponse:
        try:
            file = (root / request.match_info["file"]).resolve()
            found = file.is_relative_to(root) and file.is_file()
        except (OSError, ValueError):
            # Longer than a file's name may be, or with bytes that none has.
            raise web.HTTPNotFound from None
        if not found:
            raise web.HTTPNotFound
        # Only what the build put beside the pages is named by its content.
        hashed = file.is_relative_to(root / "assets")
        keep = FOR_EVER if hashed else ASK_AGAIN
        return web.FileResponse(file, headers=kept(keep))

    return serve_file


def kept(how_long: str) -> dict[str, str]:
    """Return how long an answer may be kept, and that it may be compressed or not."""
    return {"Cache-Control": how_long, "Vary": "Accept-Encoding"}
