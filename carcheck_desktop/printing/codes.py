"""QR codes and barcodes as modules, and how large they become on a strip of dots."""

from __future__ import annotations

import qrcode
from barcode import Code128
from qrcode.exceptions import DataOverflowError

from carcheck_desktop.base.errors import DataError
from carcheck_desktop.domain.documents import Barcode, Qr

QUIET = 4
"""Modules around a QR code that stay white (ISO/IEC 18004)."""
SMALLEST_DOTS, LARGEST_DOTS = 3, 8
"""Dots of a module that a telephone still reads from thermal paper, and those that are only waste of paper."""
WANTED_MM = 30
BAR_QUIET = 10
"""Narrow bars on either side of a barcode that stay white (ISO/IEC 15417)."""


def qr_modules(qr: Qr) -> list[list[bool]]:
    """Return a QR code's dark modules, row by row, without the quiet zone (error correction M: 15 %)."""
    if not qr.data:
        raise DataError("printing.code.empty", code="qr")
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(qr.data)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise DataError("printing.code.too_long", code="qr", characters=len(qr.data)) from error
    return [[bool(module) for module in row] for row in code.get_matrix()]


def qr_dots(qr: Qr, dots: int, dots_per_mm: int) -> int:
    """Return how many dots a module gets on a strip, for a code of about 30 mm; raise `DataError` when none fits."""
    modules = len(qr_modules(qr)) + 2 * QUIET
    wanted = min(LARGEST_DOTS, max(SMALLEST_DOTS, WANTED_MM * dots_per_mm // modules))
    fitting = min(wanted, dots // modules)
    if fitting < SMALLEST_DOTS:
        raise DataError("printing.code.too_long", code="qr", characters=len(qr.data))
    return fitting


def bars(barcode: Barcode) -> str:
    """Return a barcode's modules, `1` dark, without the quiet zones."""
    check_barcode(barcode)
    return str(Code128(barcode.data).build()[0])


def check_barcode(barcode: Barcode) -> None:
    """Raise `DataError` when a barcode is empty or has what Code 128 set B has not."""
    if not barcode.data:
        raise DataError("printing.code.empty", code="code128")
    if not all(" " <= sign <= "~" for sign in barcode.data):
        raise DataError("printing.code.not_ascii", data=barcode.data)


def bar_dots(barcode: Barcode, dots: int) -> int:
    """Return how many dots a narrow bar gets on a strip (3 or 2); raise `DataError` when the barcode does not fit.

    Reckoned for set B as the printer is told to use it: start, a symbol a character, check, stop.
    """
    check_barcode(barcode)
    modules = 11 * (len(barcode.data) + 2) + 13 + 2 * BAR_QUIET
    for wide in (3, 2):
        if wide * modules <= dots:
            return wide
    raise DataError("printing.code.too_long", code="code128", characters=len(barcode.data))
