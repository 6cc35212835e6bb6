"""The folder of a run: written whole or not at all, checked by its hashes, read back by record."""

from clearband.reports.folder.earlier_run import read_run
from clearband.reports.folder.place import check_out
from clearband.reports.folder.read_back import read_on_lists, read_record
from clearband.reports.folder.verify import Verification, verify_run
from clearband.reports.folder.write import WrittenRun, write_run

__all__ = [
    "Verification",
    "WrittenRun",
    "check_out",
    "read_on_lists",
    "read_record",
    "read_run",
    "verify_run",
    "write_run",
]
