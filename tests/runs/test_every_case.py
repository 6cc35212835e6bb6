"""Counts of a chunk that stand alone tell all its cases, whatever its kernel has met before."""

from clearband.runs.kernel import Kernel
from clearband.runs.tally import sum_of, tally
from clearband.sources.stream.sizes import sizes_for
from tests.runs.made_runs import CARRIER, job, rules


def test_counts_of_a_later_chunk_stand_alone_only_where_they_tell_every_case() -> None:
    wanted = job([CARRIER], sizes_for(1_000))
    kernel = Kernel(wanted.dataset.layout, wanted.dataset.options, *rules())
    (_, chunk), *_ = wanted.dataset.chunks(wanted.sizes)
    first, again = kernel.screen(chunk), kernel.screen(chunk)
    alone = tally(again, None, "devices", every_case=True)
    assert tally(again, None, "devices").cases.height == 0
    assert sum_of([alone]).cases.equals(sum_of([tally(first, None, "devices")]).cases)
