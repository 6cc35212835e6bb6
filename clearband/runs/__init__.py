"""Screening of inventories of any size: chunk after chunk, in bounded memory, resumable."""
