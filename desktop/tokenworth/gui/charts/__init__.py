"""Charts: they draw what they are given and compute nothing. Only they import pyqtgraph."""
