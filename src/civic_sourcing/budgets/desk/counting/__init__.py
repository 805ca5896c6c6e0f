"""Screens on which a vote is counted, and its count published and confirmed."""
