"""The HTML of pages and pictures, and what fills it in."""
