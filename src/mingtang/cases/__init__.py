"""Case folders: a whole open meeting as files, played through the same actions as people."""
