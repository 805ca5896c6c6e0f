"""What follows from a decision: measures, masks, reasons, notices, second looks."""
