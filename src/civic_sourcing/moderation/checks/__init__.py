"""
Automatic checks of what people write. They hold, mark, refuse with a sentence or offer to mask;
they never remove anything.
"""
