"""The nouns of Clearband, without input or output."""
