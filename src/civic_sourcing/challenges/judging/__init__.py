"""What people may dispute about judging: who judges what, how many points, who is first."""
