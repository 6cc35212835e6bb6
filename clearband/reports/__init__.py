"""Results handed over: the run folder, the report, the terminal summary and the explanation of one record.

``folder`` writes, checks and reads back a run; ``page`` makes ``report.html``; ``terminal`` prints to a
console; ``explain`` says in words why a record got its answer.
"""
