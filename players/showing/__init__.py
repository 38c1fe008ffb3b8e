"""From papers and the clock to the glass: what is due, made ready ahead, and put up."""
