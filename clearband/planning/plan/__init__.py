"""A plan as a folder: the work, item by item, and what is known of it."""
