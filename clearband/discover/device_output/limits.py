"""What keeps hostile or huge recordings harmless."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading.

    Args:
        max_files: Most files of all inputs together.
        max_bytes: Largest file, in bytes.
        max_lines: Most lines of a file.
        max_line_characters: Longer lines are cut, which is told.
        template_seconds: Processor time that a template may take over one output, in seconds.
        max_banner_characters: An output that is kept as a banner is cut after this many characters.
    """

    max_files: int = 100_000
    max_bytes: int = 8_000_000
    max_lines: int = 100_000
    max_line_characters: int = 4_000
    template_seconds: float = 10.0
    max_banner_characters: int = 30_000
