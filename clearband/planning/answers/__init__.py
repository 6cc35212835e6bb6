"""What binds in a network, what would make it possible, and what other ways would cost."""
