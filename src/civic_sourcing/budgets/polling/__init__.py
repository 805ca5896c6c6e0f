"""Voting on paper: what is typed from a sheet, who voted, whether lists and sheets agree."""
