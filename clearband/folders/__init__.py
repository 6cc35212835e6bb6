"""Folders of results: written whole or not at all."""

from clearband.folders.whole_folder import FolderKind, check_place, whole_folder

__all__ = ["FolderKind", "check_place", "whole_folder"]
