"""Who scores beside the panel: the public, and solvers among themselves."""
