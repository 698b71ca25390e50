"""What a person did: prompts, told twice or only among all messages, and interrupts."""

from typing import Any

from tokenworth.domain.records import Act, Event, identity
from tokenworth.importers.codex import persons
from tokenworth.importers.codex.log import Log
from tokenworth.importers.codex.records import Payload, Record
from tokenworth.importers.codex.told import OPENING, Prompt


class Acts:
    """The acts of one file that were not handed out yet."""

    def __init__(self, log: Log) -> None:
        self.events: list[Event] = []
        self._log = log

    def asked(self, record: Record, source: str, text: Any) -> None:
        """Take in a prompt told by an event: messages that waited are none, or are told here."""
        told = self._log.told
        told.told_people, told.waiting = True, []
        prompt = self._prompt(record, text if isinstance(text, str) else "")
        if prompt is not None:
            self._say(source, prompt)

    def overheard(self, record: Record, payload: Payload) -> None:
        """Take in a message that is a person's if no event tells of prompts."""
        told = self._log.told
        if told.told_people:
            return
        text = persons.spoken(payload.content)
        if text.strip() and (prompt := self._prompt(record, text)):
            told.waiting.append(prompt)

    def settle(self) -> None:
        """Take the messages that wait for a person's: work has begun, and no event told of them."""
        told = self._log.told
        if told.waiting:
            waiting, told.waiting = told.waiting, []
            for prompt in waiting:
                self._say("message", prompt)

    def aborted(self, record: Record, payload: Payload) -> None:
        """Take in an interrupt."""
        self.settle()
        log = self._log
        if log.told.sidechain or log.replayed(record):
            return
        ts = log.time(record)
        if ts is not None:
            turn = payload.turn_id if isinstance(payload.turn_id, str) else ""
            self._note(Act.INTERRUPT, "abort", Prompt(f"\x1fabort {turn}", ts, log.line))

    def _prompt(self, record: Record, text: str) -> Prompt | None:
        log = self._log
        words = persons.request(text)
        if words is None or log.told.sidechain or log.replayed(record):
            return None
        ts = log.time(record)
        return None if ts is None else Prompt(words, ts, log.line)

    def _say(self, source: str, prompt: Prompt) -> None:
        told = self._log.told
        if self._note(Act.MESSAGE, source, prompt) and prompt.text and not told.asked:
            told.asked, told.request, told.request_ts = True, prompt.text[:OPENING], prompt.ts

    def _note(self, act: Act, source: str, prompt: Prompt) -> bool:
        """Note an act, unless it was noted already from another source; return whether it was."""
        told = self._log.named()
        said, mark = told.said, f"{identity(prompt.text):x}"
        here = f"{source} {mark}"
        number = said[here] = said.get(here, 0) + 1
        if number <= said.get(mark, 0):
            return False
        said[mark] = number
        key = identity("codex", "event", told.ancestor(), told.meter.place(), mark, str(number))
        self.events.append(Event(key, told.id, prompt.ts, act.value, prompt.line))
        told.seen = True
        return True
