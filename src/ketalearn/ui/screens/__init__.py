"""One pane for each kind of place. Panes do not import each other: they post messages, the app routes."""
