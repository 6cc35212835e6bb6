"""Made-up networks of any size, for demonstrations and measurements: the same seed gives the same network."""

from clearband.planning.network.generate.generate import Asked, generate

__all__ = ["Asked", "generate"]
