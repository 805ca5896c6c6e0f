"""The award ledger: acceptance, papers, instalments, cancelling, rights that go back."""
