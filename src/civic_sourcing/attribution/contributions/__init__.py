"""The ledger in Wagtail's admin: what was handed in, one page each, and its claim codes."""
