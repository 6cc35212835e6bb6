"""Briefs and filings: drafts made of what a run, a plan or the facts say, and of nothing else."""
