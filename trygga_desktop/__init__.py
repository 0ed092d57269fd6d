"""Trygga: meetings that help one young person leave crime."""

__version__ = "0.1.0"
