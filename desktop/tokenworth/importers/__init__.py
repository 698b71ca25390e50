"""One module a tool: its files become records. No clock, no environment, no writes.

To add one: 1. a module here with a row named IMPORTER (its docstring says which files, where, and
what the numbers mean); 2. that row in IMPORTERS; 3. tests/importers/test_<name>.py with
hand-counted totals, and a row in tests/importers/test_importers.py, which holds all of them to
the same rules.
"""

from tokenworth.domain.importer import Importer
from tokenworth.importers.chatgpt import IMPORTER as CHATGPT
from tokenworth.importers.claude_code import IMPORTER as CLAUDE_CODE
from tokenworth.importers.codex import IMPORTER as CODEX

IMPORTERS: tuple[Importer, ...] = (
    CLAUDE_CODE,
    CODEX,
    CHATGPT,
)
NAMES: dict[str, str] = {row.kind: row.name for row in IMPORTERS}
"""Kind -> the tool's name as shown."""
