"""Boxes in which one of several is chosen, or everything."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox


def offer(box: QComboBox, everything: str, names: Mapping[str, str]) -> None:
    """Offer these, as value -> shown name, keeping what is chosen if it is still there."""
    chosen = box.currentData()
    blocked = box.blockSignals(True)  # noqa: FBT003 - Qt's signature
    box.clear()
    box.addItem(everything, None)
    for value, name in names.items():
        box.addItem(name, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(blocked)
