"""Jupyter Server asks here before it saves a file: a scenario or a table that cannot be read is not written.

Listed as a server extension in `lab/jupyter_server_config.json`; `make lab` puts that folder on JUPYTER_CONFIG_PATH.
Lab shows the sentences in its own dialog, the tab stays open with what was typed, and the file stays as it was.
"""

import base64
import binascii
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tornado.web import HTTPError

from planning.errors import InputError

_SUFFIXES = {".csv", ".yaml", ".yml"}


class NotSaved(HTTPError):
    """What Lab shows in its dialog, word for word: Tornado itself would double every % of it."""

    def __init__(self, sentences: str) -> None:
        super().__init__(400, sentences, reason="Not saved")

    @property
    def log_message(self) -> str:
        return self._log_message or ""

    def get_message(self) -> str:
        return self.log_message


def _load_jupyter_server_extension(server: Any) -> None:
    """What Jupyter Server calls when it starts."""
    server.contents_manager.register_pre_save_hook(refuse_broken)


def refuse_broken(model: Mapping[str, Any], path: str, contents_manager: Any, **_: Any) -> None:
    """Raise NotSaved with our sentences when what is to be saved is a scenario or table that cannot be read.

    Nobody knows here which language the planner reads, so both are told.
    `path` is relative to the folder that the server shows. Every other file is none of our business, nor are the pieces
    in which Lab sends very large files.
    """
    file = Path(contents_manager.root_dir) / path.strip("/")
    if model.get("type") != "file" or "chunk" in model or file.suffix.lower() not in _SUFFIXES:
        return
    content = _bytes(model)
    if content is None:
        return
    from planning.inputs.unsaved import file_problems

    if problems := file_problems(file, content):
        refusal = InputError(problems)
        raise NotSaved(f"{refusal.told('vi')}\n\n{refusal.told('en')}")


def _bytes(model: Mapping[str, Any]) -> bytes | None:
    """What would be written; None where the server itself will refuse it."""
    content = model.get("content")
    if not isinstance(content, str):
        return None
    try:
        return base64.b64decode(content) if model.get("format") == "base64" else content.encode()
    except (binascii.Error, UnicodeEncodeError):
        return None
