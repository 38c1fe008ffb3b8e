"""What was measured on a drawn slide: sizes, marks, contrast, codes and light."""
