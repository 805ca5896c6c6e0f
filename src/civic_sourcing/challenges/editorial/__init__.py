"""How a challenge is written: its nine sections, what each needs, and who reads it first."""
