"""The hall's devices: kiosks, pads and signs, each with a token of its own."""

from __future__ import annotations

from typing import Any

from projections.halls import Hall
from projections.house import House
from queue_core.access.identities import Device
from queue_core.access.refusals import DeviceUnknown
from queue_core.errors import WindowUnknown
from queue_core.interface.fields import Nothing
from queue_core.interface.routes import Call, Route

from .staff_answers import DeviceAnswer, DeviceAsked, DeviceEnrolled, DeviceList


async def list_devices(call: Call[House, Nothing]) -> DeviceList:
    """List the devices of the hall, revoked ones too."""
    hall = call.house.hall(call.path["hall"])
    devices = await call.house.accounts.devices.of_hall(hall.hall)
    return DeviceList(devices=[device_answer(device) for device in devices])


async def enrol_device(call: Call[House, DeviceAsked]) -> DeviceEnrolled:
    """Add a device; its token is told this once."""
    hall, asked = call.house.hall(call.path["hall"]), call.asked
    if asked.kind != "kiosk":
        require_window(hall, asked.place)
    token, device = await call.house.accounts.devices.enrol(
        asked.kind, hall=hall.hall, place=asked.place, by=call.principal.name
    )
    return DeviceEnrolled(
        device=device.device,
        kind=device.kind,
        place=device.place,
        hall=device.hall,
        revoked=False,
        token=token,
    )


async def revoke_device(call: Call[House, Nothing]) -> DeviceAnswer:
    """Make a device's token worthless, at once."""
    hall = call.house.hall(call.path["hall"])
    device = await call.house.accounts.devices.revoke(
        call.path["device"], hall=hall.hall, by=call.principal.name
    )
    await call.house.recheck_links()
    return device_answer(device)


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
        path="/api/halls/{hall}/devices/{device}/revoke",
        summary="Make a device's token worthless, at once.",
        right="manage-devices",
        handler=revoke_device,
        asks=Nothing,
        answers=DeviceAnswer,
        refuses=(DeviceUnknown,),
    ),
]


def require_window(hall: Hall, window: str) -> None:
    """Pass if the hall has the window.

    Raises:
        WindowUnknown: It has not.
    """
    if all(window != known.window for known in hall.profile.windows):
        raise WindowUnknown(window)


def device_answer(device: Device) -> DeviceAnswer:
    """Return a device for an answer."""
    return DeviceAnswer(
        device=device.device,
        kind=device.kind,
        place=device.place,
        hall=device.hall,
        revoked=device.revoked,
    )
