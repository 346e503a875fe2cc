"""Servers for browser tests: started with the settings of the project and none of whoever runs the tests."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SETTINGS = PROJECT / "planning" / "workbench" / "lab"
PATIENCE = 120  # seconds; a busy machine is slow, a broken page is for ever


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def lab_environment(home: Path) -> dict[str, str]:
    """The settings of the project, and none of whoever runs the tests; kernels import this very package."""
    paths = {
        "JUPYTER_CONFIG_PATH": SETTINGS,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "run",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
        "PYTHONPATH": PROJECT,
    }
    return {**os.environ, **{name: str(path) for name, path in paths.items()}}


def wait_for(server: subprocess.Popen, address: str, log: Path) -> None:
    """Until the server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")


def stop(server: subprocess.Popen) -> None:
    """End a server that was started in a session of its own, with its kernels."""
    server.send_signal(signal.SIGTERM)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
