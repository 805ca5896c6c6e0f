"""
A Wagtail site that installs the package in three lines: the apps, their addresses, nothing more.

It imports nothing from the tests, so that it can be copied out and run beside an installed wheel.
"""
