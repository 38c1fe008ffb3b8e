"""The library: uploads, background jobs, and what files become."""
