"""What the store of persons promises on every database and with every cipher."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

import pytest

from queue_core.access.secrets import SecretKeeper
from queue_core.persons.ciphers import CIPHERS, SealBroken
from queue_core.persons.envelope import Envelope
from queue_core.persons.master_key import MasterKey
from queue_core.persons.persons import Cause, MasterKeyForeign, Persons
from queue_core.persons.refusals import PersonHeld, PersonUnknown
from queue_core.persons.tables import PersonTables, ReminderRow


IDENTITY, OTHER = "11010519491231002X", "440524188001010014"
PHONE, NAME = "13812345678", "诸葛小明"
AT, DAY = 1_793_581_200_000, 86_400_000
ASKED = Cause(AT, "root", "")
HOUSE_KEY = SecretKeeper(b"h" * 32)


class PersonContract(ABC):
    """A subclass says how its tables are opened."""

    cipher = "aes-256-gcm"

    @abstractmethod
    def new_tables(self) -> PersonTables:
        """Return the tables; a second call returns the same ones, opened anew."""

    @pytest.fixture(autouse=True)
    def _opened(self) -> Iterator[None]:
        self.opened: list[PersonTables] = []
        yield
        for tables in self.opened:
            tables.close()

    def open_tables(self) -> PersonTables:
        self.opened.append(self.new_tables())
        return self.opened[-1]

    def open_persons(self, master: bytes = b"m" * 32, cipher: str = "") -> Persons:
        envelope = Envelope(MasterKey(master), cipher or self.cipher)
        return Persons(self.open_tables(), envelope, HOUSE_KEY.keyed_hash)

    @pytest.fixture
    def persons(self) -> Persons:
        return self.open_persons()

    def known_person(self, persons: Persons, identity: str = IDENTITY) -> str:
        subject = persons.recognise("city", identity, AT)
        persons.keep("city", subject, AT, {"identity": identity, "name": NAME})
        return subject

    # Recognised.

    def test_a_person_has_one_subject_key_in_a_hall_however_it_is_typed(
        self, persons: Persons
    ) -> None:
        subject = persons.recognise("city", IDENTITY, AT)

        assert persons.recognise("city", " 110105-19491231-002x", AT) == subject
        assert self.open_persons().recognise("city", IDENTITY, AT) == subject
        assert persons.recognise("city", OTHER, AT) != subject
        assert persons.recognise("township", IDENTITY, AT) != subject
        assert len(subject) == 22

    def test_nobody_has_no_subject_key(self, persons: Persons) -> None:
        assert persons.recognise("city", "", AT) == ""
        assert persons.recognise("city", " - ", AT) == ""

    def test_nothing_but_a_keyed_hash_is_kept_until_it_is_wanted(
        self, persons: Persons
    ) -> None:
        subject = persons.recognise("city", IDENTITY, AT)

        assert persons.known("city", subject) == {}

    def test_what_is_kept_is_read_again_and_replaced(self, persons: Persons) -> None:
        subject = self.known_person(persons)
        persons.keep("city", subject, AT, {"phone": PHONE})
        persons.keep("city", subject, AT, {"phone": "13900000001"})

        known = self.open_persons().known("city", subject)

        assert known == {"identity": IDENTITY, "name": NAME, "phone": "13900000001"}
        assert persons.known("township", subject) == {}
        assert persons.find("city", PHONE) == []
        assert persons.find("city", "139 0000 0001") == [subject]
        assert persons.find("city", IDENTITY.lower()) == [subject]
        assert persons.find("city", "nobody") == []

    def test_rows_of_both_ciphers_open_whatever_the_setting(
        self, persons: Persons
    ) -> None:
        subject = self.known_person(persons)
        other = next(name for name in CIPHERS if name != self.cipher)

        changed = self.open_persons(cipher=other)
        newer = self.known_person(changed, OTHER)

        assert changed.known("city", subject)["identity"] == IDENTITY
        assert persons.known("city", newer)["identity"] == OTHER

    def test_another_master_key_is_refused(self, persons: Persons) -> None:
        self.known_person(persons)

        with pytest.raises(MasterKeyForeign):
            self.open_persons(master=b"n" * 32)

    def test_an_identifier_put_in_anothers_row_does_not_open(
        self, persons: Persons
    ) -> None:
        one, other = self.known_person(persons), self.known_person(persons, OTHER)
        tables = self.open_tables()
        tables.put_identifier(
            other, "identity", tables.select_identifiers(one)["identity"]
        )

        with pytest.raises(SealBroken):
            persons.known("city", other)

    # Erased.

    def test_who_is_erased_is_nobody_and_comes_back_as_somebody_else(
        self, persons: Persons
    ) -> None:
        subject = self.known_person(persons)
        persons.remind(ReminderRow("t1", "city", subject), PHONE, AT)

        erased = persons.erase("city", [subject], ASKED)

        assert erased == [subject]
        assert persons.known("city", subject) == {}
        assert persons.find("city", IDENTITY) == persons.find("city", PHONE) == []
        assert persons.reminder("t1") is None
        persons.keep("city", subject, AT, {"name": NAME})
        assert persons.known("city", subject) == {}
        assert persons.recognise("city", IDENTITY, AT) != subject

    def test_nobody_can_be_erased_twice_or_from_another_hall(
        self, persons: Persons
    ) -> None:
        subject = self.known_person(persons)

        with pytest.raises(PersonUnknown):
            persons.erase("township", [subject], ASKED)
        persons.erase("city", [subject], ASKED)
        with pytest.raises(PersonUnknown):
            persons.erase("city", [subject], ASKED)

    def test_whoever_is_held_is_not_erased_until_released(
        self, persons: Persons
    ) -> None:
        subject = self.known_person(persons)
        complaint = Cause(AT, "root", "投诉 118")

        assert persons.hold("city", [subject], complaint) == [subject]
        assert persons.hold("city", [subject], complaint) == []

        with pytest.raises(PersonHeld) as refusal:
            persons.erase("city", [subject], ASKED)
        assert refusal.value.reason == "投诉 118"
        assert persons.expire("city", AT + DAY, ASKED) == []
        assert persons.hold("city", [subject], ASKED) == [subject]
        assert persons.expire("city", AT + DAY, ASKED) == [subject]

    def test_only_those_expire_who_were_not_here_since(self, persons: Persons) -> None:
        old = self.known_person(persons)
        returned = self.known_person(persons, OTHER)
        persons.keep("city", returned, AT + 2 * DAY, {})

        assert persons.expire("township", AT + DAY, ASKED) == []
        assert persons.expire("city", AT + DAY, ASKED) == [old]
        assert persons.expire("city", AT + DAY, ASKED) == []
        assert persons.known("city", returned) != {}

    def test_everything_is_noted_until_it_is_recorded(self, persons: Persons) -> None:
        one, other = self.known_person(persons), self.known_person(persons, OTHER)
        persons.hold("city", [one], Cause(AT, "root", "投诉"))
        persons.hold("city", [one], Cause(AT + 1, "root", ""))
        persons.erase("city", [one, other], Cause(AT + 2, "root", "asked"))

        notes = self.open_persons().notes("city")

        assert [note.what for note in notes] == ["held", "released", "erased"]
        assert notes[2].subjects == [one, other]
        assert (notes[2].by, notes[2].reason) == ("root", "asked")
        assert len({note.note for note in notes}) == 3
        persons.noted([note.note for note in notes[:2]])
        assert [note.what for note in persons.notes("city")] == ["erased"]
        assert persons.notes("township") == []

    def test_what_the_record_says_erased_is_erased_after_a_restoration(
        self, persons: Persons
    ) -> None:
        one, other = self.known_person(persons), self.known_person(persons, OTHER)
        persons.hold("city", [one], Cause(AT, "root", "held when it was backed up"))

        assert persons.apply_erasures("city", [one, "never-there"]) == 1
        assert persons.apply_erasures("township", [other]) == 0
        assert persons.known("city", one) == {} != persons.known("city", other)

    # Reminders.

    def test_a_reminder_is_claimed_once_whoever_asks(self, persons: Persons) -> None:
        subject = self.known_person(persons)
        persons.remind(ReminderRow("t1", "city", subject), PHONE, AT)
        elsewhere = self.open_persons()

        assert persons.claim("t1", "near", AT) == PHONE
        assert elsewhere.claim("t1", "near", AT + 1) == ""
        assert [r.near_at for r in elsewhere.reminders("city")] == [AT]
        assert elsewhere.claim("t1", "turn", AT + 2) == PHONE
        assert persons.claim("t1", "turn", AT + 3) == ""
        assert persons.reminders("city") == []
        assert persons.claim("t2", "turn", AT) == ""

    def test_an_anonymous_wish_belongs_to_a_person_of_its_own(
        self, persons: Persons
    ) -> None:
        persons.remind(ReminderRow("t1", "city", ""), PHONE, AT)
        persons.remind(ReminderRow("t2", "city", ""), PHONE, AT)

        wishes = persons.reminders("city")

        assert len({wish.subject for wish in wishes}) == 2
        assert {*persons.find("city", PHONE)} == {wish.subject for wish in wishes}
        persons.forget_reminder("t1")
        persons.forget_reminder("t1")
        assert [wish.ticket for wish in persons.reminders("city")] == ["t2"]
        assert persons.find("city", PHONE) == [persons.reminders("city")[0].subject]

    def test_a_wish_taken_back_leaves_the_rest_of_the_person(
        self, persons: Persons
    ) -> None:
        subject = self.known_person(persons)
        persons.remind(ReminderRow("t1", "city", subject), PHONE, AT)
        persons.remind(ReminderRow("t2", "city", subject), PHONE, AT)

        persons.forget_reminder("t1")
        assert persons.known("city", subject)["phone"] == PHONE
        persons.forget_reminder("t2")

        assert persons.known("city", subject) == {"identity": IDENTITY, "name": NAME}
