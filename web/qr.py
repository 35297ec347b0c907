"""An address as a QR code, as SVG or PNG."""

from io import BytesIO

import segno

_QUIET_ZONE = 4  # modules of white the standard asks for


def qr_svg(address: str) -> bytes:
    """Return a QR code that scales to any size."""
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(
        drawn, kind="svg", border=_QUIET_ZONE, xmldecl=False, omitsize=True, title=address
    )
    return drawn.getvalue()


def qr_png(address: str, scale: int = 16) -> bytes:
    """Return a QR code as pixels, `scale` of them a module."""
    drawn = BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="png", border=_QUIET_ZONE, scale=scale)
    return drawn.getvalue()
