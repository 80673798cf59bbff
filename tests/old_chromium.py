"""A Chromium of years ago, as an old screen has it, driven over its own protocol."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.screens import TIMEOUT_MILLISECONDS, Size


LISTENING = re.compile(r"DevTools listening on ws://([^/]+)/")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
    "--remote-debugging-port=0",
)
UNTIL = """
new Promise((done, late) => {
  const ends = performance.now() + %d
  const look = () => {
    const found = (() => { try { return %s } catch (error) { return null } })()
    if (found) done(found)
    else if (performance.now() > ends) late(new Error(document.body.innerText))
    else setTimeout(look, 20)
  }
  look()
})
"""


def old_chromium(major: int) -> Path | None:
    """Return the browser that ``scripts/test`` has fetched, if it could."""
    folder = os.environ.get("YIHAO_OLD_CHROMIUMS")
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    found = Path(folder or Path(home) / "yihao") / f"chromium-{major}"
    return found if found.exists() else None


class OldPage:
    """One page; what goes wrong in it is kept."""

    def __init__(self, socket: ClientConnection) -> None:
        self.errors: list[str] = []
        self._socket = socket
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def listen(self) -> None:
        """Take what the browser says, until it has left."""
        with suppress(ConnectionClosed):
            async for message in self._socket:
                said = json.loads(message)
                if "id" in said:
                    self._answers.pop(said["id"]).set_result(said)
                else:
                    self._note(said["method"], said.get("params", {}))

    async def does(self, method: str, **params: Any) -> dict[str, Any]:
        """Give a command of the protocol, and return its result."""
        number = next(self._ids)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send(
            json.dumps({"id": number, "method": method, "params": params})
        )
        said = await answer
        assert "error" not in said, said
        result: dict[str, Any] = said["result"]
        return result

    async def until(self, expression: str) -> Any:
        """Wait until an expression holds in the page, and return its value."""
        answer = await self.does(
            "Runtime.evaluate",
            expression=UNTIL % (TIMEOUT_MILLISECONDS, expression),
            awaitPromise=True,
            returnByValue=True,
        )
        failed = answer.get("exceptionDetails")
        assert failed is None, (expression, failed["exception"].get("description"))
        return answer["result"].get("value")

    async def shows(self, text: str, place: str = "body") -> None:
        """Wait until a place of the page shows a text."""
        within = f"document.querySelector({json.dumps(place)})"
        await self.until(f"{within}.innerText.includes({json.dumps(text)})")

    async def presses(self, text: str) -> None:
        """Press the button that has a text, when it is there."""
        await self.until(
            "(one => one && (one.click(), true))"
            "(Array.from(document.querySelectorAll('button:not(:disabled)'))"
            f".find(one => one.innerText.includes({json.dumps(text)})))"
        )

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(params["exceptionDetails"]))
        elif event == "Runtime.consoleAPICalled" and params["type"] == "error":
            self.errors.append(json.dumps(params["args"]))


class OldChromium:
    """A running browser."""

    def __init__(self, address: str, http: aiohttp.ClientSession) -> None:
        self._address = address
        self._http = http

    @asynccontextmanager
    async def page(self, url: str, size: Size) -> AsyncIterator[OldPage]:
        """Open a page, which must have thrown no error when the block ends."""
        async with self._http.put(f"http://{self._address}/json/new") as answer:
            target = await answer.json(content_type=None)
        socket = target["webSocketDebuggerUrl"]
        async with connect(socket, max_size=None, compression=None) as connection:
            page = OldPage(connection)
            listening = asyncio.create_task(page.listen())
            for domain in ("Runtime", "Page"):
                await page.does(f"{domain}.enable")
            await page.does(
                "Emulation.setDeviceMetricsOverride",
                width=size[0],
                height=size[1],
                deviceScaleFactor=1,
                mobile=False,
            )
            await page.does("Page.navigate", url=url)
            try:
                yield page
                assert page.errors == []
            finally:
                # The browser, and not we, ends the connection: it answers no farewell.
                close = f"http://{self._address}/json/close/{target['id']}"
                async with self._http.get(close):
                    await listening


@asynccontextmanager
async def running(program: Path, profile: Path) -> AsyncIterator[OldChromium]:
    """Run a browser until the block ends; it keeps its things in ``profile``."""
    process = await asyncio.create_subprocess_exec(
        program,
        *FLAGS,
        f"--user-data-dir={profile}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        address = await address_of(process)
        async with aiohttp.ClientSession() as http:
            yield OldChromium(address, http)
    finally:
        process.kill()
        await process.communicate()


async def address_of(process: asyncio.subprocess.Process) -> str:
    """Return where a browser that starts listens."""
    assert process.stderr is not None
    said = []
    async for line in process.stderr:
        said.append(line.decode(errors="replace"))
        if found := LISTENING.search(said[-1]):
            return found[1]
    raise AssertionError("".join(said))
