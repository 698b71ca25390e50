"""Files become bytes, lines and values, or problems; nothing is known here of any one tool."""
