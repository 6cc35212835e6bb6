"""Inventories of any size, read a chunk at a time: what columns mean is decided once, on the head."""

from clearband.sources.stream.chunk import Chunk
from clearband.sources.stream.dataset import Dataset, open_dataset
from clearband.sources.stream.parts_file import PartsFile
from clearband.sources.stream.reader import EquipmentBatch, EquipmentReader

__all__ = ["Chunk", "Dataset", "EquipmentBatch", "EquipmentReader", "PartsFile", "open_dataset"]
