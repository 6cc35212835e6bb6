"""The pipeline: read, identify, evaluate, and the findings that come of it."""
