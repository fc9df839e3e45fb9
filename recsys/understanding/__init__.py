"""What a text stands for in one catalogue."""
