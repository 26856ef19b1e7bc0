"""The sheet and the icon arrays as text, Markdown, HTML, PDF and JSON."""
