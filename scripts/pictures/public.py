"""Pictures of what the public sees: home, boards, signs and phones."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from .posed_hall import Clerk, PosedHall
from .studio import BOARD, KIOSK, PHONE, SMALL_PHONE, Cable, Camera, Size, Studio


ZONES = "social,police"
COUNTS = (1, 8, 30)
WAITING_EACH = 3
MISSING = ["户口簿原件及复印件", "近期二寸免冠照片两张"]


class Boards:
    """The hall board with nobody, one, eight and thirty calls."""

    def __init__(self, hall: PosedHall, studio: Studio, manager: str) -> None:
        self._hall = hall
        self._studio = studio
        self._manager = manager
        self._path = f"/board/{hall.name}"
        self._queues = [queue.queue for queue in hall.hall.profile.queues]
        self._free: list[Clerk] = []
        """Clerks at open windows, in the order in which they call."""

    async def empty(self) -> None:
        """Show the board while nobody is called."""
        await self._studio.scene("board, no call", self._at("board-0"))
        await self._studio.scene(
            "board, no call, tall", self._at("board-0-tall", size=KIOSK)
        )

    async def open_windows(self) -> None:
        """Open the first window of every queue."""
        for queue in self._queues:
            self._free.append(await self._hall.clerk_of(queue))

    async def filling(self) -> None:
        """Call one, eight and thirty people, and look at the board each time."""
        for queue in self._queues:
            await self._hall.come(queue, WAITING_EACH + len(queue) % 5)
        called = 0
        for count in COUNTS:
            while called < count:
                await self._call(called)
                called += 1
            self._hall.pass_minutes(1)
            name = f"board-{count}"
            await self._studio.scene(name, self._at(name))
            await self._studio.scene(
                f"{name}-tall", self._at(f"{name}-tall", size=KIOSK)
            )

    async def _call(self, turn: int) -> None:
        """Let one window call; after all first windows, the second ones open."""
        if turn == len(self._free):
            queue = self._queues[turn % len(self._queues)]
            self._free.append(await self._hall.clerk_of(queue))
        await self._hall.does(self._free[turn], "call-next")

    async def serve(self) -> None:
        """Let most of the called come, and some of them be done; one window pauses."""
        for place, clerk in enumerate(self._free):
            if place % 6 == 1:
                continue
            await self._hall.does(clerk, "start")
        self._hall.pass_minutes(9)
        for place, clerk in enumerate(self._free):
            if place % 3 == 2:
                await self._hall.does(clerk, "complete", {"outcome": "done"})
        await self._hall.does(self._free[2], "pause", {"reason": "设备故障"})
        self._hall.pass_minutes(4)

    async def in_all_ways(self) -> None:
        """Show boards of zones, of a share, with a notice, and cut off."""
        for name, query in (
            ("board-zones", f"?zones={ZONES}"),
            ("board-share-1", "?page=1/2"),
            ("board-share-2", "?page=2/2"),
        ):
            await self._studio.scene(name, self._at(name, query))
        await self._studio.scene("board, cut off", self._cut_off)
        notice = await self._hall.tell(
            self._manager,
            "三楼办税服务厅 14:00 起系统升级，急办的请先到 75 号窗口咨询",
            "Tax services on floor 3 pause for a system update from 14:00. "
            "If your matter is urgent, please ask at window 75 first.",
        )
        for name, size in (("board-notice", BOARD), ("board-notice-tall", KIOSK)):
            await self._studio.scene(name, self._at(name, size=size))
        await self._hall.untell(self._manager, notice)

    async def closed(self) -> None:
        """Show the board and the phone page of a hall that is closed."""
        await self._studio.scene("board, closed", self._at("board-closed"))
        await self._studio.scene(
            "phone, closed",
            look(f"/phone/{self._hall.name}", "phone-closed", PHONE),
        )

    def _at(
        self, name: str, query: str = "", *, size: Size = BOARD
    ) -> Callable[[Camera], Awaitable[None]]:
        return look(self._path + query, name, size, until=".middle p, .middle h2")

    async def _cut_off(self, camera: Camera) -> None:
        cable = Cable()
        page = await camera.open(self._path, BOARD, cable=cable)
        await page.locator(".strip").wait_for()
        await cable.pull_out()
        await camera.save(page, "board-cut-off", close=True)


def look(
    path: str, name: str, size: Size, *, until: str = "main, body", token: str = ""
) -> Callable[[Camera], Awaitable[None]]:
    """Return the scene of one page, which is there as soon as something is."""

    async def act(camera: Camera) -> None:
        page = await camera.open(path, size, token=token)
        await page.locator(until).first.wait_for()
        await camera.save(page, name, close=True)

    return act


async def show_signs(hall: PosedHall, studio: Studio, queue: str) -> None:
    """Show the sign over a window in every state, and one that is cut off."""
    window = hall.windows_of(queue)[-1]
    token = await hall.device("sign", window)
    path = f"/sign/{hall.name}/{window}"
    pages: dict[str, Any] = {}
    cables: dict[str, Cable] = {}

    async def put_up(camera: Camera) -> None:
        cable = cables[camera.language] = Cable()
        page = await camera.open(path, BOARD, token=token, cable=cable)
        await page.locator("h1").first.wait_for()
        pages[camera.language] = page

    def saved(name: str) -> Callable[[Camera], Awaitable[None]]:
        return lambda camera: camera.save(pages[camera.language], name)

    async def cut_off(camera: Camera) -> None:
        await cables[camera.language].pull_out()
        await camera.save(pages[camera.language], "sign-cut-off", close=True)

    await studio.scene("sign is put up", put_up)
    await studio.scene("sign-closed", saved("sign-closed"))
    clerk = await hall.clerk_at(window)
    for name, what, body in (
        ("sign-paused", "pause", {"reason": "设备故障"}),
        ("sign-free", "resume", {}),
        ("sign-called", "call-next", {}),
        ("sign-serving", "start", {}),
    ):
        await hall.does(clerk, what, body)
        await studio.scene(name, saved(name))
    await studio.scene("sign-cut-off", cut_off)
    await hall.does(clerk, "complete", {"outcome": "done"})
    await hall.does(clerk, "close")


class Phones:
    """A number on the phone, from the taking to the evaluation."""

    def __init__(self, hall: PosedHall, studio: Studio, queue: str) -> None:
        self._hall = hall
        self._studio = studio
        self._queue = queue
        self._path = f"/phone/{hall.name}"

    async def taking(self) -> None:
        """Show how a number is taken, on an ordinary and on a small phone."""
        await self._studio.scene("phone, taking", self._take)

    async def _take(self, camera: Camera) -> None:
        item = self._hall.items_of(self._queue)[0]
        for kind, size in (("phone", PHONE), ("phone-small", SMALL_PHONE)):
            page = await camera.open(self._path, size)
            await page.locator("input").first.wait_for()
            await camera.save(page, f"{kind}-start")
            await page.locator("input").first.fill("公积金")
            await page.locator("button.row").first.wait_for()
            await camera.save(page, f"{kind}-search")
            await page.goto(
                self._hall.address + camera.spoken(f"{self._path}?item={item.item}")
            )
            await page.locator(".take button").wait_for()
            await camera.save(page, f"{kind}-item")
            await page.locator(".take button").click()
            await page.wait_for_url("**/t/**")
            await page.locator(".number").first.wait_for()
            await camera.save(page, f"{kind}-waiting", close=True)

    async def following(self) -> None:
        """Follow one number to its evaluation, and another that is missed."""
        hall = self._hall
        item = hall.items_of(self._queue)[0].item
        clerk = await hall.clerk_at(hall.windows_of(self._queue)[-1])
        for _ in range(3):
            await hall.take(item)
        taken = await hall.take(item)
        await self._wait(clerk, taken)
        await self._be_served(clerk, taken)
        missed = await hall.take(item)
        await self._come_near(clerk, missed, 0)
        await hall.does(clerk, "call-next")
        await hall.does(clerk, "no-show", {"reason": "呼叫后无人到窗口"})
        await self._see(missed, "phone-missed")
        await hall.post(f"/api/tickets/{missed['ticket']}/cancel", missed["secret"], {})
        await self._see(missed, "phone-cancelled")
        await hall.does(clerk, "close")

    async def _wait(self, clerk: Clerk, taken: Any) -> None:
        """Show a number whose turn comes nearer."""
        ticket, secret = f"/api/tickets/{taken['ticket']}", taken["secret"]
        await self._come_near(clerk, taken, 3)
        await self._see(taken, "phone-3-ahead")
        await self._studio.scene("phone, cut off", self._cut_off(taken))
        await self._hall.post(f"{ticket}/pause", secret, {})
        await self._see(taken, "phone-paused")
        await self._hall.post(f"{ticket}/resume", secret, {})
        await self._come_near(clerk, taken, 0)
        await self._see(taken, "phone-next")

    async def _be_served(self, clerk: Clerk, taken: Any) -> None:
        """Show a number from the call to the evaluation."""
        hall = self._hall
        await hall.does(clerk, "call-next")
        await self._see(taken, "phone-called")
        await self._see(taken, "phone-small-called", SMALL_PHONE)
        await hall.does(clerk, "start")
        hall.pass_minutes(4)
        await self._see(taken, "phone-serving")
        await hall.does(clerk, "hold", {"reason": "待补材料"})
        await self._see(taken, "phone-held")
        await hall.does(clerk, "resume-ticket", {"ticket": taken["ticket"]})
        await hall.does(
            clerk, "complete", {"outcome": "needs-supplement", "supplement": MISSING}
        )
        hall.pass_minutes(2)
        await self._see(taken, "phone-evaluate")
        await self._studio.scene("phone, a low grade", self._grade_low(taken))
        await self._studio.scene("phone, the proof", self._prove(taken))

    async def _come_near(self, clerk: Clerk, taken: Any, people: int) -> None:
        while (await self._ahead(taken)) > people:
            await self._serve(clerk)

    async def _see(self, taken: Any, name: str, size: Size = PHONE) -> None:
        scene = look(taken["phone_path"], name, size, until=".number")
        await self._studio.scene(name, scene)

    async def _ahead(self, taken: Any) -> int:
        path = f"/api/tickets/{taken['ticket']}"
        told = await self._hall.get(path, taken["secret"])
        return int(told["people_ahead"] or 0)

    async def _serve(self, clerk: Clerk) -> None:
        await self._hall.does(clerk, "call-next")
        await self._hall.does(clerk, "start")
        self._hall.pass_minutes(1)
        await self._hall.does(clerk, "complete", {"outcome": "done"})

    def _cut_off(self, taken: Any) -> Callable[[Camera], Awaitable[None]]:
        async def act(camera: Camera) -> None:
            cable = Cable()
            page = await camera.open(taken["phone_path"], PHONE, cable=cable)
            await page.locator(".number").first.wait_for()
            await cable.pull_out()
            await camera.save(page, "phone-cut-off", close=True)

        return act

    def _grade_low(self, taken: Any) -> Callable[[Camera], Awaitable[None]]:
        async def act(camera: Camera) -> None:
            page = await camera.open(taken["phone_path"], PHONE)
            low = re.compile("^(不满意|Dissatisfied)$")
            await page.get_by_text(low).first.click()
            await camera.save(page, "phone-evaluate-low", whole=True, close=True)

        return act

    def _prove(self, taken: Any) -> Callable[[Camera], Awaitable[None]]:
        async def act(camera: Camera) -> None:
            page = await camera.open(taken["phone_path"], PHONE)
            await page.locator(".proof button").click()
            await page.locator(".proof [role=status] p").first.wait_for()
            await camera.save(page, "phone-proof", whole=True, close=True)

        return act
