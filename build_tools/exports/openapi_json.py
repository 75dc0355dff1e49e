"""The data files as an API that is asked by GET alone: OpenAPI 3.1."""

from __future__ import annotations

import json
from collections.abc import Iterable
from mimetypes import guess_type

from build_tools.exports.datapackage_json import LICENCE
from build_tools.reading.settings import Settings

PATH = "data/openapi.json"
_TYPES = {".parquet": "application/vnd.apache.parquet", ".atom": "application/atom+xml"}
_TYPES |= {".csv": "text/csv", ".json": "application/json", ".ris": "application/x-research-info-systems"}
_TYPES |= {".bib": "application/x-bibtex", ".txt": "text/plain"}
_TYPES |= {".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def text(paths: Iterable[str], settings: Settings, version: str) -> str:
    """A path each of the files; a case's text is one path for all."""
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": settings.name,
            "description": " ".join(settings.description.split()),
            "version": version,
            "license": {"name": LICENCE["title"], "url": LICENCE["path"]},
        },
        "servers": [{"url": settings.address or "../"}],
        "paths": {f"/{path}": _get(path) for path in sorted({PATH, *paths})} | {"/cases/{id}.txt": _CASE},
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _get(path: str) -> dict[str, object]:
    name = path.removeprefix("data/")
    return {"get": {"operationId": name.replace("/", "_").replace(".", "_"), "summary": name} | _answer(path)}


def _answer(path: str) -> dict[str, object]:
    ending = "." + path.rpartition(".")[2]
    kind = _TYPES.get(ending) or guess_type(path)[0] or "application/octet-stream"
    return {"responses": {"200": {"description": "The file.", "content": {kind: {}}}}}


_CASE: dict[str, object] = {
    "get": {
        "operationId": "case",
        "summary": "One case as Markdown",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        **_answer("x.txt"),
    }
}
