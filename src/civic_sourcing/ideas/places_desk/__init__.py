"""Where editors set up categories and districts of a forum."""
