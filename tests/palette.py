"""A picture of a page with at most 256 colours, as a palette PNG: a third of its bytes, and the same to look at."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import numpy.typing as npt

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
DEEPEST = 9
Pixels = npt.NDArray[np.uint8]


def shrink(png: bytes) -> bytes:
    """Return an eight-bit RGB or RGBA PNG without interlacing as a palette PNG; what is see-through is lost."""
    pixels = _read(png)[:, :, :3]
    height, width, _ = pixels.shape
    coarse = (pixels & 0xFC) | (pixels >> 6)  # six bits a channel: more than an eye tells apart side by side
    packed = coarse.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    shades, which, often = np.unique(packed, return_inverse=True, return_counts=True)
    kept = np.sort(np.argsort(-often)[:COLOURS])
    rgb = np.stack([shades >> 16, shades >> 8 & 255, shades & 255], axis=1).astype(np.int32)
    nearest = np.abs(rgb[:, None, :] - rgb[kept][None, :, :]).sum(axis=2).argmin(axis=1).astype(np.uint8)
    rows = nearest[which].reshape(height, width)
    filtered = np.zeros((height, width + 1), dtype=np.uint8)
    filtered[:, 1:] = rows
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", rgb[kept].astype(np.uint8).tobytes()),
            _chunk(b"IDAT", zlib.compress(filtered.tobytes(), DEEPEST)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _read(png: bytes) -> Pixels:
    """Return the pixels of a PNG, rows x columns x channels."""
    assert png.startswith(SIGNATURE)
    at, packed, header = len(SIGNATURE), b"", b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        header = content if kind == b"IHDR" else header
        packed += content if kind == b"IDAT" else b""
        at += length + 12
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    assert (depth, interlaced) == (8, 0)
    channels = {2: 3, 6: 4}[colour]
    lines = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, width * channels + 1)
    above = np.zeros(width * channels, np.uint8)
    made = np.empty((height, width * channels), np.uint8)
    for row, line in enumerate(lines):
        above = made[row] = _unfiltered(int(line[0]), line[1:], above, channels)
    return made.reshape(height, width, channels)


def _unfiltered(how: int, line: Pixels, above: Pixels, step: int) -> Pixels:
    """Undo the filter of one row (PNG specification, 9.2)."""
    if how == 0:
        return line
    if how == 1:
        return np.cumsum(line.reshape(-1, step), axis=0, dtype=np.uint8).reshape(-1)
    if how == 2:
        return line + above
    left = [0] * step
    out = bytearray(len(line))
    before, row, up = bytes(step), line.tolist(), above.tolist()
    corner = list(before)
    for at, value in enumerate(row):
        a, b, c = left[at % step], up[at], corner[at % step]
        guess = (a + b) >> 1 if how == 3 else _paeth(a, b, c)
        out[at] = left[at % step] = (value + guess) & 255
        corner[at % step] = b
    return np.frombuffer(bytes(out), np.uint8)


def _paeth(a: int, b: int, c: int) -> int:
    guess = a + b - c
    away = (abs(guess - a), abs(guess - b), abs(guess - c))
    return (a, b, c)[away.index(min(away))]
