"""Addresses of files for the browser, in JupyterLab, behind a JupyterHub and in Voilà."""

import os
from pathlib import Path
from urllib.parse import quote

from planning.vocabulary import Language


def link(path: Path, project: Path, words: str) -> str:
    """A link that opens a file of the project in a tab of its own."""
    at = quote(path.resolve().relative_to(project.resolve()).as_posix())
    return f'<a href="{_base()}{at}" target="_blank" rel="noopener" style="text-decoration:underline">{words}</a>'


def _base() -> str:
    """Where the server that shows this page gives out files, to those who hold its token."""
    base = os.environ.get("VOILA_BASE_URL") or os.environ.get("JUPYTERHUB_SERVICE_PREFIX") or "/"
    return f"{base.rstrip('/')}/files/"


def in_query(name: str) -> str:
    """A value of the page's own address in Voilà, such as lang; empty elsewhere."""
    from urllib.parse import parse_qs

    return parse_qs(os.environ.get("QUERY_STRING", "")).get(name, [""])[0]


def first_language(given: str) -> Language:
    """The language of the page's address where it names one, else the given one."""
    asked = in_query("lang") or given
    return "en" if asked == "en" else "vi"
