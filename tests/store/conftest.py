"""A store to write to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from making import TIMING, UTC_ZONE

from tokenworth.prices import price_list
from tokenworth.store.store import Store
from tokenworth.store.writing import Writer


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "folder" / "store.db")
    opened.settle(UTC_ZONE, price_list(), price_list().date)
    yield opened
    opened.close()


@pytest.fixture
def writer(store: Store) -> Writer:
    return store.writer(UTC_ZONE, TIMING)
