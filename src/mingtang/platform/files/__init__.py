"""Files people upload: judged by content, kept once by hash, handed out safely."""
