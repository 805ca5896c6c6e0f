"""Screens for voting on paper: polling places, lists of voters, batches of sheets."""
