"""ChatGPT: the data export that chatgpt.com sends on demand.

Files: `conversations.json` (one list; until 2025) or `conversations-000.json`, `-001.json`, …
(lists of up to 100; 2026), in a zip or unpacked. There is no default place: a person downloads it.

Shapes: *full* has `children`, hidden nodes, tool calls and recipients; *pruned* (2026) has none of
these, so tool calls are missing there. Node and conversation ids are the same in both, and of two
copies of a node the full one is kept. A node missing from a newer export deletes nothing.

Numbers: ChatGPT exports no token counts. Output is estimated from the text of every node the model
wrote, on all branches, since abandoned ones were generated too; the prompt from its visible text.
Attachments, images and hidden reasoning are not in it: where a model thought, the estimate is a
lower bound (Flag.FLOOR). Input as sent is unknown. Checked against exports of 2022 to 2026 in
November 2026.
"""

from collections.abc import Mapping
from pathlib import Path

from tokenworth.domain.importer import Importer
from tokenworth.importers.chatgpt.export import missing_parts, recognises, wants
from tokenworth.importers.chatgpt.read import read, transcript
from tokenworth.importers.chatgpt.tree import Tree, grow

__all__ = ["IMPORTER", "Tree", "grow", "missing_parts"]


def _places(_environment: Mapping[str, str], _home: Path, _platform: str) -> tuple[Path, ...]:
    return ()


IMPORTER = Importer(
    kind="chatgpt",
    name="ChatGPT",
    counting="estimated",
    places=_places,
    wants=wants,
    recognises=recognises,
    read=read,
    transcript=transcript,
)
