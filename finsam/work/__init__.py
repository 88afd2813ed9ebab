"""The staff's own pages: what waits for them, and lists of what is theirs."""
