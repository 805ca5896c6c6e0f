"""Citizen sourcing for Wagtail. Importing this package imports nothing else."""

__version__ = "0.1.0"
