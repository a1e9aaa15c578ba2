"""An engineer at work on the fake PC, who knows nothing but what the screen and the paper say."""
