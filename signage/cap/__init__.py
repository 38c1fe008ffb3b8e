"""CAP messages as XML: read with distrust, checked for signatures, fetched, and written."""
