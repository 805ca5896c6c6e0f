"""Numbers of challenges, told in public: how many, how much, of whom, how long, what came of it."""
