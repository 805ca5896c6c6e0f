"""What solvers do: begin an entry, write it, hand it in, replace it, take it back."""
