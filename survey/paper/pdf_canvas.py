"""A PDF to draw on: compressed, and the same bytes for the same content."""

from typing import IO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas


def pdf_canvas(file: IO[bytes], page: tuple[float, float], title: str) -> Canvas:
    """Return a canvas that writes to a file when it is saved."""
    rl_config.useA85 = 0  # streams as bytes: a fifth smaller than as printable characters
    canvas = Canvas(file, pagesize=page, pageCompression=1, invariant=1)
    canvas.setTitle(title)
    return canvas
