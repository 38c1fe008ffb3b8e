"""Makes the pictures of slides, tickers and alerts: the only home of Pillow in the controller."""
