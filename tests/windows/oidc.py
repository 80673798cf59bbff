"""A real provider of unified sign-on: a certified package, run by the pages' Node."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import build_pages


CLIENT, SECRET = "yihao", "a secret of the house: 7f2c9d1e"


@asynccontextmanager
async def provider_at(back: str) -> AsyncIterator[str]:
    """Run the provider and yield where it is.

    It sends people back to ``back``; without a port, to any port of this machine.
    """
    program = Path(__file__).with_name("oidc_provider.mjs")
    process = await asyncio.create_subprocess_exec(
        *(build_pages.require_node() / "node", program, CLIENT, SECRET, back),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # The command may be a wrapper that runs Node as a child of its own.
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            # It warns of being a provider for tests before it says where it is.
            async for line in process.stdout:
                if line.startswith(b"http"):
                    break
        yield line.decode().strip()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()


def secret_file(folder: Path) -> Path:
    """Write the client's secret where a house reads it."""
    file = folder / "client.secret"
    file.write_text(SECRET + "\n", encoding="utf-8")
    return file
