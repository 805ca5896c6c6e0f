"""Writing ideas: drafts, steps of the form, photos, places, edits, versions and withdrawing."""
