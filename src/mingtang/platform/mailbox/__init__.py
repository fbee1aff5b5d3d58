"""Reading a mailbox by IMAP: where it is, what lies in it, what a mail says. Knows no capability and writes no row (ADR 0034)."""
