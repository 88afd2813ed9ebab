"""The budget in the browser: one cell, the whole form, lines, columns, undo."""
