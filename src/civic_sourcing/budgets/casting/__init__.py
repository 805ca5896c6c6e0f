"""How a ballot is kept from the cast to the count, so that nobody can say whose it is."""
