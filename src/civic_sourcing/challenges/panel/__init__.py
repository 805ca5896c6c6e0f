"""The panel of judges: who is on it, what each judges, and what they gave."""
