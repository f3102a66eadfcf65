"""What every production server shares: how many threads answer, and where the service can be reached."""

from __future__ import annotations

THREADS = 8


def address(host: str, port: int) -> str:
    """Return the address to open in a browser."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def announce(host: str, port: int) -> None:
    """Print where the service can be reached, once it can."""
    print(f"Serving on {address(host, port)}", flush=True)
