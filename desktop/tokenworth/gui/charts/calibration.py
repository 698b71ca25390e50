"""How forecasts, answers and uses held: six sections of words, intervals and points."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollBar

from tokenworth.domain.trending import Calibration, Judgement
from tokenworth.domain.views import SessionQuery
from tokenworth.gui import words
from tokenworth.gui.chart import Table
from tokenworth.gui.charts import calibration_words, estimates
from tokenworth.gui.charts.calibration_layout import Builder, Dots, Row, Section
from tokenworth.gui.charts.calibration_paint import CalibrationPainter, dot_px
from tokenworth.gui.charts.marked import MarkedChart
from tokenworth.gui.charts.sentences import Line
from tokenworth.gui.charts.spots import Key, Spot, rect_path
from tokenworth.gui.theme import Theme

NONE: Final = Judgement("", (), ())
NOTHING: Final = Calibration(NONE, NONE, NONE, NONE, NONE, NONE)
STEP_PX: Final = 40
MARGIN_PX: Final = 8
INSET_PX: Final = 6
POINTED_PX: Final = 2  # a point can be hit so much beside it


class CalibrationView(MarkedChart):
    """Draws a Calibration. Arrows go from mark to mark; what does not fit is scrolled."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, self.tr("How forecasts and answers held"))
        self._calibration = NOTHING
        self._sections: list[Section] = []
        self._places: dict[Key, Row | Dots | Section] = {}
        self._high = 0.0
        self.bar = QScrollBar(Qt.Orientation.Vertical)
        self.bar.setAccessibleName(self.tr("Scroll through the sections"))
        self.bar.setSingleStep(STEP_PX)
        self.bar.valueChanged.connect(lambda _: self.lay_again())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(MARGIN_PX)
        row.addWidget(self.room, 1)
        row.addWidget(self.bar)
        keep = self.bar.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(keep)
        self.show_data(NOTHING)

    # What a chart can do -------------------------------------------------------------------------

    def show_data(self, value: Calibration) -> None:
        """Draw the sections; the selected mark stays selected if it is still there."""
        self._calibration = value
        self.lay_again()
        self.tell(self.text_alternative())

    def whole_words(self) -> str:
        """Return the sections in words, with their numbers."""
        found = [self._section(name) for name in calibration_words.SECTIONS]
        return "\n".join(calibration_words.section_text(one) for one in found)

    def table(self) -> Table:
        """Return every estimate, sentence and pair."""
        return calibration_words.table_of(self._calibration)

    def empty_words(self) -> tuple[str, str] | None:
        """Return what will be here."""
        if not calibration_words.is_empty(self._calibration):
            return None
        return (
            self.tr("Nothing to compare yet"),
            self.tr(
                "Here you will see how your answers hold when you are asked again a week and four "
                "weeks later. First answer some sessions under Review."
            ),
        )

    def picture_size(self) -> QSizeF:
        """Return the size of all sections, those out of view too."""
        room = self.place()
        return QSizeF(room.width(), room.height() if self.empty_words() else self._high + MARGIN_PX)

    def draw(self, painter: QPainter, target: QRectF) -> None:
        """Paint all sections for a picture."""
        if self.empty_words():
            super().draw(painter, target)
            return
        painter.translate(target.topLeft() - self.place().topLeft() + QPointF(0, self.bar.value()))
        self.paint_marks(painter, self.place())

    # What is painted -----------------------------------------------------------------------------

    def lay_out(self, room: QRectF) -> list[Spot]:
        """Lay out the sections, as far down as they are scrolled."""
        found = Builder(self.theme, room.width() - 2 * INSET_PX).build(self._calibration)
        self._high = max(section.rect.bottom() for section in found)
        most = max(0, round(self._high - room.height()))
        with QSignalBlocker(self.bar):
            self.bar.setRange(0, most)
            self.bar.setPageStep(max(1, round(room.height())))
        self.bar.setVisible(most > 0)
        self._sections = found
        self._places = {}
        shift = self._shift(room)
        return [spot for section in found for spot in self._spots(section, shift)]

    def paint_marks(self, painter: QPainter, room: QRectF) -> None:
        """Paint the sections."""
        painter.save()
        painter.translate(self._shift(room))
        CalibrationPainter(self.theme).paint(painter, self._sections)
        painter.restore()

    def bring_into_view(self, spot: Spot) -> None:
        """Scroll to a mark."""
        room, seen = self.place(), spot.shape.boundingRect()
        if seen.top() < room.top() + MARGIN_PX:
            self.bar.setValue(self.bar.value() - round(room.top() + MARGIN_PX - seen.top()))
        elif seen.bottom() > room.bottom() - MARGIN_PX:
            self.bar.setValue(self.bar.value() + round(seen.bottom() + MARGIN_PX - room.bottom()))

    def point(self) -> None:
        """Read out a mark; a section's words stand there already."""
        super().point()
        spot = self.current()
        if spot is not None and spot.key[0] == "section":
            self.readout.hide()

    def read_out(self, spot: Spot) -> tuple[str, list[Line]]:
        """Return the values of an estimate or a point, or a section's words."""
        found = self._places[spot.key]
        if isinstance(found, Row):
            name = calibration_words.estimate_name(found.estimate)
            return self._section(found.section).title, estimates.lines_of(name, found.estimate)
        if isinstance(found, Dots):
            x, y, number = found.pairs[int(spot.key[2])]
            names = calibration_words.axis_names(found.section)
            lines = [
                Line("", name, words.minutes(value))
                for name, value in zip(names, (x, y), strict=True)
            ]
            if number > 1:
                lines.append(Line("", self.tr("so often"), words.count(number)))
            return self._section(found.section).title, lines
        section = self._section(found.name)
        return section.title, calibration_words.section_lines(section)

    def query_of(self, spot: Spot) -> SessionQuery | None:
        """Return the sessions a section is about."""
        return calibration_words.query_of(str(spot.key[1]))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Scroll."""
        if self.bar.isVisible():
            self.bar.wheelEvent(event)
        else:
            super().wheelEvent(event)

    # Inside --------------------------------------------------------------------------------------

    def _section(self, name: str) -> Judgement:
        return calibration_words.section(self._calibration, name)

    def _shift(self, room: QRectF) -> QPointF:
        return room.topLeft() + QPointF(INSET_PX, 2 - self.bar.value())

    def _spots(self, section: Section, shift: QPointF) -> list[Spot]:
        head = section.texts[0].rect
        spots = [self._spot(("section", section.name), head, section, shift)]
        self._places["section", section.name] = section
        for dots in section.dots:
            for at, (x, y, number) in enumerate(dots.pairs):
                key: Key = ("dot", section.name, at)
                size = dot_px(number) + POINTED_PX
                shape = QPainterPath()
                place = dots.place(x, y) + shift
                shape.addEllipse(place, size, size)
                spots.append(Spot(key, shape, section.column, place.y() - shift.y()))
                self._places[key] = dots
        for row in section.rows:
            row_key: Key = ("row", section.name, row.estimate.key)
            spots.append(self._spot(row_key, row.rect, section, shift))
            self._places[row_key] = row
        return spots

    def _spot(self, key: Key, rect: QRectF, section: Section, shift: QPointF) -> Spot:
        around = rect.translated(shift).adjusted(2 - INSET_PX, -1, INSET_PX - 2, 1)
        return Spot(key, rect_path(around), section.column, rect.center().y())
