"""What a test needs of the machine: where ``CI`` is set it must be there, elsewhere the test is skipped.

``scripts/setup-services`` installs what is named here.
"""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def missing(what: str, package: str) -> NoReturn:
    """Something is not there: skip, or fail where everything must be there."""
    without(f"{what} is not installed: apt-get install {package}")


def without(told: str) -> NoReturn:
    """What a test needs cannot be had: skip, or fail where everything must be there."""
    if os.environ.get("CI"):
        pytest.fail(told)
    pytest.skip(told)


def program(name: str, package: str) -> str:
    """The path of a program."""
    return shutil.which(name) or missing(name, package)
