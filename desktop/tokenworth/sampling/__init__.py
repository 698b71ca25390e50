"""Who is asked: sizes, chances, permanent random numbers, the order of the queue (spec v1, 4)."""
