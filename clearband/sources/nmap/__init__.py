"""What nmap found in a network (``nmap -oX``) as an inventory: one record a host."""

from clearband.sources.nmap.detect import FORMAT, is_nmap
from clearband.sources.nmap.table import read_nmap

__all__ = ["FORMAT", "is_nmap", "read_nmap"]
