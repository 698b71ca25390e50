"""What a person can do: import, tag, ask, check. Brings intake, store and measures together."""
