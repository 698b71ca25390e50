"""The Qt that is installed does not wear out Python's None, as 6.12 does on Python 3.11."""

import sys

from PySide6.QtCore import QObject


def test_calls_that_return_nothing_leave_none_alone() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for number in range(1000):
        thing.setObjectName(str(number))
    assert abs(sys.getrefcount(None) - before) < 100
