"""What a window says by itself: banners, prompts, empty places."""
