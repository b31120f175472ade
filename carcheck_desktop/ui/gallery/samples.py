"""What the gallery shows as data: made-up plates, names and figures, in every language the same."""

from __future__ import annotations

from carcheck_desktop.ui.theme.icons import FOLDER
from carcheck_desktop.ui.theme.tokens import PALETTES, Palette

PLATES = {
    "02": "粤B12345",
    "01": "粤B54321",
    "52": "粤BD12345",
    "51": "粤B12345D",
    "15": "粤B1234挂",
    "16": "粤B1234学",
    "23": "粤B1234警",
    "26": "粤Z1234港",
    "14": "粤B12345",
    "99": "粤B1***5",
}
"""By the kind of plate (GA/T 16.7)."""
NAMES = "王建国 喆堃玥翀甯淼 买买提·艾力"
LATIN = "Hamburg 0123456789 áéíóúñçÀÉîøßüý"
UNITS = "℃ ￥ ≥ ≤ ± ² ³ · – — → ← ▲ ▼ λ=1.03 k=0.62 m⁻¹ 1250 daN 15 km/h 18 000 cd"
VIN = "LSVAM4187C2184847"
PORT = "COM3 · 9600"
ADDRESS = "HTTPS://STATION.EXAMPLE/P/7QM2XVB9TNK4"
"""What a code for telephones holds."""
FIGURES = ("1 111.1", "8 888.8", "−12.5", "+0.75", "100 %")


def icon_names() -> tuple[str, ...]:
    """Return the names of all icons."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


def colours_of(palette: Palette) -> dict[str, str]:
    """Return the colours of a palette by their token, tones left out."""
    values = {name: getattr(palette, name) for name in palette.__slots__}
    return {name: value for name, value in values.items() if isinstance(value, str) and value.startswith("#")}


def data() -> frozenset[str]:
    """Return everything that is data and not words, for whoever looks at the pages."""
    hexes = {colour for palette in PALETTES.values() for colour in colours_of(palette).values()}
    return frozenset({NAMES, LATIN, UNITS, VIN, PORT, ADDRESS, *FIGURES, *PLATES.values(), *icon_names(), *hexes})
