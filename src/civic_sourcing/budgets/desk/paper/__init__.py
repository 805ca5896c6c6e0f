"""The ballot paper as editors see it: its order, and a sheet to print."""
