"""Export: what is chosen, what it will be, every string of the person's that leaves, and saving."""
