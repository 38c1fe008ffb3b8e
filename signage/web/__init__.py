"""Pages and REST interface: one *_pages.py, one template folder and one test per subject."""
