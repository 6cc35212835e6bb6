"""Clearband: telecom supply-chain assurance."""

__version__ = "0.1.0"
