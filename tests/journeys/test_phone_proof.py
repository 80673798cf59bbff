"""A citizen checks on his phone that his number is in the day that was signed."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from queue_core.proof.keys import signer_from_file
from tests.open_house import MONDAY, open_house
from tests.screens import PHONE, Screens, accessibility_faults, take_picture


async def test_a_number_of_a_day_signed_with_sm2_is_checked_on_the_phone_itself(
    tmp_path: Path, page_at: Screens
) -> None:
    key = tmp_path / "sm2.key"
    signer_from_file(key, "sm2")
    phone = await page_at(PHONE, touch=True)
    async with open_house(tmp_path / "data", signing_key_file=key) as house:
        await house.clerk_at("1")
        taken = await house.number()
        await phone.goto(house.running.address + taken["phone_path"])
        await phone.get_by_role("heading", name=taken["number"]).wait_for()
        hours = house.hall.live.hours
        assert hours is not None
        house.clock.move_to(hours.ends_at)
        await house.day_sealed(MONDAY)

        await phone.get_by_role("button", name="核对我的号").tap()

        text = f"在。{taken['number']} 号在已签名的当天记录里。"
        await expect(phone.get_by_text(text)).to_be_visible()
        assert await accessibility_faults(phone) == []
        await take_picture(phone, "phone-proof-sm2")
