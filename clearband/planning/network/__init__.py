"""A network as plain tables: read, checked, made up, or begun from a screened run."""

from clearband.planning.network.network import Network
from clearband.planning.network.read import read_network
from clearband.planning.network.settings import NetworkSettings

__all__ = ["Network", "NetworkSettings", "read_network"]
