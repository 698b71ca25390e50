"""Estimates, and what every hand-painted chart must keep, for the tests of Trends' charts."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tokenworth.domain.estimate import Estimate
from tokenworth.domain.views import SessionQuery
from tokenworth.gui.charts.marked import MarkedChart
from tokenworth.gui.theme import Theme


def share(key: str, value: float, low: float, high: float, *, n: int = 20) -> Estimate:
    """Return a share of drawn answers."""
    return Estimate(
        "M3", key, "share", value, low, high, n, 10, "690 attention minutes of 150 sessions",
        "drawn", "Wilson-eff",
    )  # fmt: skip


def spot_of(chart: MarkedChart, *key: str | int) -> QPointF:
    """Return a place inside the mark of a key, where it is the uppermost."""
    at = next(at for at, spot in enumerate(chart.spots) if spot.key == key)
    around = chart.spots[at].shape.boundingRect()
    steps = [step / 20 for step in range(1, 20)]
    for down in sorted(steps, key=lambda step: abs(step - 0.5)):
        for across in sorted(steps, key=lambda step: abs(step - 0.5)):
            place = QPointF(
                around.left() + across * around.width(), around.top() + down * around.height()
            ).toPoint()
            if chart.spot_at(QPointF(place)) == at:
                return QPointF(place)
    raise AssertionError(f"nowhere to click on {key}")


def clicked(chart: MarkedChart, qtbot: QtBot, *key: str | int) -> SessionQuery:
    """Click on a mark and return what it opens."""
    place = spot_of(chart, *key).toPoint()
    with qtbot.waitSignal(chart.opened) as opened:
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    (query,) = opened.args
    assert isinstance(query, SessionQuery)
    return query


def move_mouse(
    chart: MarkedChart, place: QPointF, held: Qt.MouseButton = Qt.MouseButton.NoButton
) -> None:
    """Move the mouse to a place of the chart, whatever window may lie over it on the screen."""
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        place,
        QPointF(chart.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        held,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(chart, moved)


def turn_wheel(widget: QWidget, place: QPointF, *, up: bool = True) -> None:
    """Turn the mouse's wheel by one notch at a place."""
    turned = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(0, 0),
        QPoint(0, 120 if up else -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turned)


def keeps_pictures(chart: MarkedChart, folder: Path, words: str) -> None:
    """Check that PNG and SVG hold the chart, and the SVG its words."""
    png, svg = folder / "chart.png", folder / "chart.svg"
    chart.save(png)
    chart.save(svg)
    image = QImage(str(png))
    assert image.width() > 2 * chart.picture_size().width()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 7)
        for y in range(0, image.height(), 7)
    }
    assert len(colours) > 3
    text = svg.read_text(encoding="utf-8")
    assert words in text
    assert text.count("<path") + text.count("<rect") + text.count("<text") > 10


def changes_with_theme(chart: MarkedChart, theme: Theme) -> None:
    """Check that every colour is the theme's, in both."""
    theme.changed.connect(chart.restyle)
    shots = []
    for look in ("light", "dark"):
        theme.set_look("dark" if look == "dark" else "light")
        image = chart.grab().toImage()
        seen = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 3)
            for y in range(0, image.height(), 3)
        }
        shots.append(seen)
    theme.set_look("light")
    assert len(shots[0] - shots[1]) > 2
    assert len(shots[1] - shots[0]) > 2


def walks(chart: MarkedChart) -> list[str]:
    """Press Home, then Right until nothing moves; return what was read out on the way."""
    QTest.keyClick(chart, Qt.Key.Key_Home)
    told = [chart.accessibleDescription()]
    while True:
        before = chart.selected
        QTest.keyClick(chart, Qt.Key.Key_Right)
        if chart.selected == before:
            return told
        told.append(chart.accessibleDescription())
