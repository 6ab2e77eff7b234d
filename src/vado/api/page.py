"""The built page: its files, and `index.html` for every address that is the page's own."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, Response

from vado.api.problems import problem

STATIC = Path(__file__).parent / "static"
_FOREVER = "public, max-age=31536000, immutable"


def serve_page(app: FastAPI, folder: Path = STATIC) -> None:
    """Answer everything outside /api with the page."""
    root = folder.resolve()

    @app.get("/{path:path}", include_in_schema=False)
    def page(path: str) -> Response:
        if path == "api" or path.startswith("api/"):
            return problem(404, "not_found", "there is no such address", "Check the address.")
        file = (root / path).resolve()
        if path and file.is_relative_to(root) and file.is_file():
            # Vite writes a hash of the content into the names below assets/.
            kept = _FOREVER if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"cache-control": kept})
        index = root / "index.html"
        if not index.is_file():
            return problem(404, "page_not_built", "the page was not built", "Run make web.")
        return FileResponse(index, headers={"cache-control": "no-cache"})
