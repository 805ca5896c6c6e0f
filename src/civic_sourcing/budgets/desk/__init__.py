"""Where editors set up a vote, check it, and hold it: screens of Wagtail's admin."""
