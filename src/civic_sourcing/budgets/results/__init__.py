"""What came out of a vote, told to people: from released counts alone, never from a ballot."""
