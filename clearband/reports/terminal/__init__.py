"""Results on a terminal: compact, readable in 80 columns and when piped, harmless whatever was read."""

from clearband.reports.terminal.changes import change_lines, changes_json, left_out_line
from clearband.reports.terminal.explanation import print_explanation
from clearband.reports.terminal.summary import print_summary, summary_json

__all__ = [
    "change_lines",
    "changes_json",
    "left_out_line",
    "print_explanation",
    "print_summary",
    "summary_json",
]
