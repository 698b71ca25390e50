"""Files on the disk become records in the store: found, dealt to processes, read, stored.

Reading formats is the importers' business, keeping records the store's.
"""
