"""Who changed what, and any two versions side by side."""
