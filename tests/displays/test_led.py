"""A line on its way to a bar: over real TCP, to bars that leave, return or are slow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from displays.led import LedSetting, TextBar, led_of
from queue_core.errors import ParseError
from yihao.led_bar import LedBarPlayed


class Pauses:
    """The pauses between attempts, which a test lets end."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[float] = asyncio.Queue()
        self._go_on: asyncio.Queue[None] = asyncio.Queue()

    async def __call__(self, seconds: float) -> None:
        """Pause until the test goes on."""
        self.begun.put_nowait(seconds)
        await self._go_on.get()

    def end(self) -> None:
        """Let one pause end."""
        self._go_on.put_nowait(None)


@asynccontextmanager
async def kept(bar: TextBar) -> AsyncIterator[asyncio.Task[None]]:
    """Keep a bar until the block ends."""
    running = asyncio.create_task(bar.run())
    try:
        async with asyncio.timeout(30):
            yield running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def test_a_setting_names_window_address_and_width() -> None:
    assert led_of("3=10.0.0.30:5005:12") == LedSetting("", "3", "10.0.0.30", 5005, 12)
    assert led_of("city/A-1=[fd00::3]:5005:8") == LedSetting(
        "city", "A-1", "fd00::3", 5005, 8
    )


@pytest.mark.parametrize(
    "setting",
    ["", "3", "3=bar", "3=bar:5005", "3=bar:0:8", "3=bar:70000:8", "3=bar:5005:3"],
)
def test_what_names_no_bar_is_refused_and_quoted(setting: str) -> None:
    with pytest.raises(ParseError, match="WINDOW=HOST:PORT:CHARACTERS") as refused:
        led_of(setting)

    assert f'"{setting}"' in str(refused.value)


async def test_every_line_arrives_and_the_last_one_when_the_house_closes() -> None:
    played = LedBarPlayed()
    async with played.on(0):
        bar = TextBar("127.0.0.1", played.port)
        bar.show("请A012号到本窗口")
        async with kept(bar) as running:
            assert await played.shown.get() == "请A012号到本窗口"
            bar.show("请𠮷001到本窗口")
            assert await played.shown.get() == "请𠮷001到本窗口"

            bar.show("叫号中断 请稍候")
            running.cancel()

            assert await played.shown.get() == "叫号中断 请稍候"


async def test_a_bar_that_was_switched_off_gets_only_what_counts_now(
    caplog: pytest.LogCaptureFixture,
) -> None:
    played, pauses = LedBarPlayed(), Pauses()
    async with played.on(0):
        bar = TextBar("127.0.0.1", played.port, pause=pauses)
        bar.show("等候叫号")
        running = asyncio.create_task(bar.run())
        assert await played.shown.get() == "等候叫号"
    await pauses.begun.get()
    bar.show("请A001到本窗口")
    pauses.end()
    await pauses.begun.get()
    assert "is away" in caplog.text
    bar.show("请A002到本窗口")

    async with played.on(played.port), asyncio.timeout(30):
        pauses.end()
        assert await played.shown.get() == "请A002到本窗口"

        assert played.shown.empty()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_attempts_grow_rarer_while_a_bar_is_away() -> None:
    pauses = Pauses()
    played = LedBarPlayed()
    async with played.on(0):
        nobody = played.port
    async with kept(TextBar("127.0.0.1", nobody, pause=pauses)):
        delays = []
        for _ in range(8):
            delays.append(await pauses.begun.get())
            pauses.end()

    assert 0.5 <= delays[0] <= 1.0
    assert 15.0 <= delays[-1] <= 30.0


async def test_a_bar_that_takes_nothing_is_left_and_met_again_with_the_newest() -> None:
    """Its buffers are filled with one line, as years of lines would."""
    pauses, met = Pauses(), asyncio.Queue[asyncio.StreamReader]()
    lines = []

    async def stalls(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        lines.append(writer)
        met.put_nowait(reader)

    server = await asyncio.start_server(stalls, "127.0.0.1", 0, limit=1024)
    async with server:
        port = server.sockets[0].getsockname()[1]
        bar = TextBar("127.0.0.1", port, patience_seconds=0.2, pause=pauses)
        bar.show("满" * 8_000_000)
        async with kept(bar):
            await met.get()
            await pauses.begun.get()
            bar.show("请A002到本窗口")

            pauses.end()

            line = await (await met.get()).readline()
            assert line.decode("gb18030").strip() == "请A002到本窗口"
        for one in lines:
            one.transport.abort()


async def test_a_bar_is_told_again_though_nothing_has_changed() -> None:
    played = LedBarPlayed()
    async with played.on(0):
        bar = TextBar("127.0.0.1", played.port, again_seconds=0.01)
        bar.show("等候叫号")
        async with kept(bar):
            assert [await played.shown.get() for _ in range(3)] == ["等候叫号"] * 3
