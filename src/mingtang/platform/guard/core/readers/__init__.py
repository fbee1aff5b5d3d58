"""Readers of files, one for each format the house keeps."""
