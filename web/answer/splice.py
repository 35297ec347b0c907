"""A page compressed once, with room for the few letters that differ between two servings."""

import struct
import zlib

_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


class SplicedPage:
    """One gzip member: a compressed head, a stored block for the fields, a compressed tail.

    The head ends with a full flush, so that a block can follow it at a byte's edge.
    `between` stands between the two fields and is stored with them.
    """

    def __init__(self, head: bytes, between: bytes, tail: bytes) -> None:
        self._head, self._between, self._tail = head, between, tail
        compressor = _compressor()
        self._packed_head = (
            _GZIP_HEAD + compressor.compress(head) + compressor.flush(zlib.Z_FULL_FLUSH)
        )
        compressor = _compressor()
        self._packed_tail = compressor.compress(tail) + compressor.flush()
        self._head_crc = zlib.crc32(head)
        self._length = len(head) + len(tail)

    def plain(self, first: bytes, second: bytes) -> bytes:
        """Return the page as it is, with its two fields."""
        return b"".join((self._head, first, self._between, second, self._tail))

    def gzipped(self, first: bytes, second: bytes) -> bytes:
        """Return the page as one gzip member."""
        fields = first + self._between + second
        crc = zlib.crc32(self._tail, zlib.crc32(fields, self._head_crc))
        size = len(fields)
        return b"".join(
            (
                self._packed_head,
                struct.pack("<BHH", 0, size, size ^ 0xFFFF),
                fields,
                self._packed_tail,
                struct.pack("<II", crc, (self._length + size) & 0xFFFFFFFF),
            )
        )


def _compressor() -> "zlib._Compress":
    return zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
