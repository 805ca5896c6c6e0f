"""What people see and do in threads, one module per matter."""
