"""The hall's devices: kiosks, pads and signs, each with a token of its own."""

from __future__ import annotations

from typing import Any

from projections.halls import Hall
from projections.house import House
from queue_core.access.identities import Device
from queue_core.access.refusals import CodeUnknown, DeviceUnknown
from queue_core.access.roles import DeviceKind
from queue_core.errors import WindowUnknown
from queue_core.interface.fields import Nothing
from queue_core.interface.routes import Call, Route

from .staff_answers import (
    DeviceAnswer,
    DeviceAsked,
    DeviceEnrolled,
    DeviceGranted,
    DeviceList,
    DeviceRow,
    DeviceSelf,
    DeviceWish,
    DeviceWished,
)


async def list_devices(call: Call[House, Nothing]) -> DeviceList:
    """List the devices of the hall, revoked ones too."""
    hall = call.house.hall(call.path["hall"])
    devices = await call.house.accounts.devices.of_hall(hall.hall)
    rows = [DeviceRow(**fields_of(device)) for device in devices]
    return DeviceList(devices=rows, version=hall.live.version)


async def enrol_device(call: Call[House, DeviceAsked]) -> DeviceEnrolled:
    """Add a device; its token is told this once."""
    hall, asked = call.house.hall(call.path["hall"]), call.asked
    require_place(hall, asked.kind, asked.place)
    token, device = await call.house.accounts.devices.enrol(
        asked.kind, hall=hall.hall, place=asked.place, by=call.principal.name
    )
    return DeviceEnrolled(**fields_of(device), token=token, version=hall.live.version)


async def grant_device(call: Call[House, DeviceGranted]) -> DeviceAnswer:
    """Add the device that shows a code; it has its token already."""
    hall, asked = call.house.hall(call.path["hall"]), call.asked
    require_place(hall, asked.kind, asked.place)
    device = await call.house.accounts.devices.grant(
        asked.code,
        asked.kind,
        hall=hall.hall,
        place=asked.place,
        by=call.principal.name,
    )
    return DeviceAnswer(**fields_of(device), version=hall.live.version)


async def wish_device(call: Call[House, DeviceWish]) -> DeviceWished:
    """Give a machine that nobody has enrolled a code to show."""
    token, code, seconds = await call.house.accounts.devices.wish(
        call.asked.kind, address=call.address
    )
    return DeviceWished(token=token, code=code, seconds=seconds)


async def show_device(call: Call[House, Nothing]) -> DeviceSelf:
    """Tell a device what and where it is, once it is enrolled."""
    who = call.principal
    if who.kind != "device":
        return DeviceSelf(enrolled=False)
    return DeviceSelf(enrolled=True, device=who.name, hall=who.hall, place=who.place)


async def revoke_device(call: Call[House, Nothing]) -> DeviceAnswer:
    """Make a device's token worthless, at once."""
    hall = call.house.hall(call.path["hall"])
    device = await call.house.accounts.devices.revoke(
        call.path["device"], hall=hall.hall, by=call.principal.name
    )
    await call.house.recheck_links()
    return DeviceAnswer(**fields_of(device), version=hall.live.version)


ROUTES: list[Route[House, Any, Any]] = [
    Route(
        method="GET",
        path="/api/halls/{hall}/devices",
        summary="List the devices of the hall, revoked ones too.",
        right="manage-devices",
        handler=list_devices,
        asks=Nothing,
        answers=DeviceList,
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/devices",
        summary="Add a kiosk, a pad or a sign; its token is told this once.",
        right="manage-devices",
        handler=enrol_device,
        asks=DeviceAsked,
        answers=DeviceEnrolled,
        status=201,
        refuses=(WindowUnknown,),
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/devices/grant",
        summary="Add the kiosk, pad or sign that shows a code.",
        right="manage-devices",
        handler=grant_device,
        asks=DeviceGranted,
        answers=DeviceAnswer,
        status=201,
        refuses=(WindowUnknown, CodeUnknown),
    ),
    Route(
        method="POST",
        path="/api/device/wish",
        summary="Get a code to show, and a token that is good once a manager types it.",
        right="wish-device",
        handler=wish_device,
        asks=DeviceWish,
        answers=DeviceWished,
        status=201,
        remembered=False,
    ),
    Route(
        method="GET",
        path="/api/device",
        summary="Tell a device what and where it is, once it is enrolled.",
        right="wish-device",
        handler=show_device,
        asks=Nothing,
        answers=DeviceSelf,
    ),
    Route(
        method="POST",
        path="/api/halls/{hall}/devices/{device}/revoke",
        summary="Make a device's token worthless, at once.",
        right="manage-devices",
        handler=revoke_device,
        asks=Nothing,
        answers=DeviceAnswer,
        refuses=(DeviceUnknown,),
    ),
]


def require_place(hall: Hall, kind: DeviceKind, place: str) -> None:
    """Pass if a device of this kind may stand at a place.

    Raises:
        WindowUnknown: It belongs to a window, and the hall has none of this name.
    """
    if kind != "kiosk":
        require_window(hall, place)


def require_window(hall: Hall, window: str) -> None:
    """Pass if the hall has the window.

    Raises:
        WindowUnknown: It has not.
    """
    if all(window != known.window for known in hall.profile.windows):
        raise WindowUnknown(window)


def fields_of(device: Device) -> dict[str, Any]:
    """Return what every answer tells of a device."""
    return {
        "device": device.device,
        "kind": device.kind,
        "place": device.place,
        "hall": device.hall,
        "revoked": device.revoked,
    }
