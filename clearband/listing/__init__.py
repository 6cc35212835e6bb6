"""The approved list: a log of signed events, the listings it makes, their publication and verification."""
