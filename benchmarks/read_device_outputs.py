"""Outputs of real devices, the test data of ntc-templates, read as ``discover device-output`` reads them.

Usage: python benchmarks/read_device_outputs.py ARCHIVE

ARCHIVE is a source archive of ntc-templates that holds its tests; on PyPI only that of 1.4.0 does:
``pip download --no-deps --no-binary :all: ntc-templates==1.4.0``. Each output is read twice: with its
platform told, and without. What fails in another way than in one line is printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import tarfile
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from measure import table

from clearband.discover.device_output.read import read_device_outputs
from clearband.errors import InputError

MOST_BYTES = 2_000_000
"""Of one output; all there are much smaller."""


def outputs(archive: Path) -> Iterator[tuple[str, str, bytes]]:
    """Platform, command in the form of file names, and text of each output."""
    with tarfile.open(archive) as files:
        for member in files:
            parts = PurePosixPath(member.name).parts
            if (
                member.isfile()
                and member.name.endswith(".raw")
                and member.size <= MOST_BYTES
                and len(parts) > 3
            ):
                content = files.extractfile(member)
                assert content is not None
                yield parts[-3], parts[-2], content.read()


def tried(content: bytes, command: str, platform: str | None, folder: Path) -> str:
    """What became of an output: read, not read, passed over, refused, or the traceback."""
    file = folder / f"box_{command}.txt"
    file.write_bytes(content)
    try:
        found = read_device_outputs([str(file)], platform=platform)
        records = [record for device in found.devices for record in device.records()]
    except InputError:
        return "refused"
    except Exception:
        return traceback.format_exc()
    finally:
        file.unlink()
    if found.parsed.total():
        return "read" if records else "read, and nothing kept"
    return "not read" if found.unparsed.total() else "passed over"


def main() -> int:
    """Print what became of the outputs of each platform."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive", type=Path, metavar="ARCHIVE")
    archive = parser.parse_args().archive
    counts: dict[str, Counter[str]] = {}
    broken = 0
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as name:
        for platform, command, content in outputs(archive):
            for told in (platform, None):
                became = tried(content, command, told, Path(name))
                if became.startswith("Traceback"):
                    broken += 1
                    print(f"{platform} {command}\n{became}", file=sys.stderr)
                    became = "broken"
                counts.setdefault(platform, Counter())[became] += 1
    kinds = sorted({kind for one in counts.values() for kind in one})
    rows = [("platform", *kinds)]
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    rows += [(platform, *(str(one[kind]) for kind in kinds)) for platform, one in ordered]
    print(table(rows))
    total, took = sum(one.total() for one in counts.values()), time.process_time() - begun
    print(f"{total} readings of {total // 2} outputs in {took:.0f} CPU s, {broken} broken")
    return 1 if broken or not total else 0


if __name__ == "__main__":
    sys.exit(main())
