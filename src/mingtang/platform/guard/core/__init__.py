"""What the guard knows without Django: kinds of finding, patterns, readers of files, clean copies."""
