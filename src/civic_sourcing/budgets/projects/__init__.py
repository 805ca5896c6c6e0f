"""How projects get onto the ballot paper: by hand, from what citizens proposed, from a list."""
