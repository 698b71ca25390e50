"""Colours that can be read, in light and in dark, in one order of contrast."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tokenworth.gui.icons import app_icon, icon
from tokenworth.gui.theme import FATE_COLOURS, Theme, read_colours
from tokenworth.shipped import shipped

BOTH = pytest.mark.parametrize("name", ["light", "dark"])


def luminance(colour: QColor) -> float:
    """Return WCAG's relative luminance."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_wcags() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


@BOTH
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "warning"])
@pytest.mark.parametrize("ground", ["window", "surface", "rail"])
def test_words_can_be_read(name: str, ink: str, ground: str) -> None:
    colours = read_colours(name)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("accent", "accent_soft"),
        ("text", "accent_soft"),
        ("text", "soft"),
        ("muted", "soft"),
        ("on_accent", "accent"),
        ("warning", "warning_soft"),
    ],
)
def test_words_on_coloured_ground_can_be_read(name: str, ink: str, ground: str) -> None:
    colours = read_colours(name)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@BOTH
def test_outcomes_keep_their_order_of_contrast(name: str) -> None:
    colours = read_colours(name)
    by_contrast = sorted(
        ("used", "part", "kept", "discarded", "abandoned"),
        key=lambda fate: contrast(colours[fate], colours["surface"]),
        reverse=True,
    )
    assert by_contrast == ["used", "abandoned", "part", "discarded", "kept"]


def test_themes_name_the_same_colours_and_the_mock_ups_outcomes() -> None:
    light, dark = read_colours("light"), read_colours("dark")
    assert list(light) == list(dark)
    assert {light[name].name() for name in FATE_COLOURS.values()} >= {
        "#0b7a75",
        "#6db8ae",
        "#b4c3d4",
        "#e0a458",
        "#b5544d",
    }


@BOTH
def test_style_sheet_has_no_gap_and_no_colour_of_its_own(
    theme: Theme, qapp: QApplication, name: str
) -> None:
    template = shipped("themes/app.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[;\s])", template)
    theme.set_look("dark" if name == "dark" else "light")
    assert "@" not in qapp.styleSheet()
    assert read_colours(name)["accent"].name() in qapp.styleSheet()


def test_look_changes_palette_and_tells(qtbot: QtBot, theme: Theme, qapp: QApplication) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_look("dark")
    assert theme.dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour("window")
    assert luminance(theme.colour("window")) < luminance(theme.colour("text"))
    theme.set_look("light")
    assert not theme.dark


def test_colours_of_outcomes(theme: Theme) -> None:
    assert theme.fate_colour("u") == theme.colour("used")
    assert theme.fate_colour(None) == theme.fate_colour("-") == theme.colour("unseen")
    with pytest.raises(KeyError):
        theme.colour("no such colour")


def test_sizes_follow_the_systems_letters(theme: Theme) -> None:
    assert theme.points("small") < theme.points("text") < theme.points("title")
    assert theme.font("title", strong=True).weight() > theme.font("title").weight()


@BOTH
def test_every_icon_is_drawn_in_the_themes_colour(theme: Theme, name: str) -> None:
    theme.set_look("dark" if name == "dark" else "light")
    tinted = [
        file.name.removesuffix(".svg")
        for file in shipped("icons").iterdir()
        if "currentColor" in file.read_text(encoding="utf-8")
    ]
    assert "close" in tinted
    for drawing in tinted:
        picture = icon(drawing, theme, "text").pixmap(48).toImage()
        inked = [
            picture.pixelColor(x, y)
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() == 255
        ]
        assert inked
        assert any(colour.rgb() == theme.colour("text").rgb() for colour in inked)
    assert not app_icon().isNull()
