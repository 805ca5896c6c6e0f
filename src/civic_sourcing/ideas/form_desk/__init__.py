"""Where editors set up the form for new ideas."""
