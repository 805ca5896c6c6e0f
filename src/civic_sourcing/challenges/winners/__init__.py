"""What everybody reads of a decision, and what solvers read of their own entries and awards."""
