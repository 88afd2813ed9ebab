"""What everybody reads and downloads."""
