"""Run a command in a network namespace without any route: `python -m tests.offline COMMAND …` (Linux).

Only the loopback interface is up. Exits 3 with a plain reason where the kernel does not allow such a namespace.
"""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import sys

NOT_ALLOWED = 3
INSIDE = "--inside"
_SET_FLAGS, _UP = 0x8914, 0x1


def namespace() -> list[str] | str:
    """Return the words that run a command without any route, or the reason why that cannot be."""
    program = shutil.which("unshare")
    if program is None:
        return "unshare is not installed (it is of the package util-linux)"
    reason = ""
    # Root needs no user namespace, and keeps the groups and rights that tests of servers rely on.
    for options in (["-n"], ["-rn"]):
        tried = subprocess.run([program, *options, "true"], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return [program, *options]
        reason = tried.stderr.strip()
    return f"the kernel does not allow a network namespace here ({reason})"


def command(*words: str) -> list[str]:
    """Return the words that run a command inside. Raises OSError with the reason where that cannot be."""
    found = namespace()
    if isinstance(found, str):
        raise OSError(found)
    return [*found, sys.executable, "-m", "tests.offline", INSIDE, *words]


def bring_loopback_up() -> None:
    """Bring up the interface that every namespace begins with, down."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH14x", b"lo", _UP))


def main(words: list[str]) -> None:
    """Run the words in a namespace, or, within one, in place of this process."""
    if words[:1] == [INSIDE]:
        bring_loopback_up()
        os.execvp(words[1], words[1:])
    try:
        inside = command(*words)
    except OSError as error:
        print(f"not run offline: {error}", file=sys.stderr)
        raise SystemExit(NOT_ALLOWED) from None
    os.execvp(inside[0], inside)


if __name__ == "__main__":
    main(sys.argv[1:])
