"""What people read of answers, promises and adoptions, put into words."""
