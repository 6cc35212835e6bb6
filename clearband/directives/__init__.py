"""The law on columns: what each clause says of an item, on a date, with what was known then."""
