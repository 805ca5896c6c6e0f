"""What people see of decisions about them, and how they appeal: ``civic/appeals/``."""
