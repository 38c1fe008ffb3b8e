"""Blobs by hash: what is needed, fetched, cached and thrown away."""
