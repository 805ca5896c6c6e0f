"""Screens on which a vote is checked, rehearsed, opened, lengthened and closed."""
