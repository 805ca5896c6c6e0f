"""What people see of a thread: everything templates show, worked out before they are rendered."""
