"""Screening on a Spark cluster: the kernel of `clearband.runs` in ``mapInArrow``.

`screen` takes and gives a Spark DataFrame, in a notebook or job of one's own.
"""

from clearband.spark.answers import screen

__all__ = ["screen"]
