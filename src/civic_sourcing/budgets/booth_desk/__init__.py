"""The desk where people without a device of their own are let into the booth."""
