"""The explorer: the Textual app. Only this package imports Textual."""

import os

# Textual waits for the next tick before it paints; at its 60 a second a key that changes two panes
# is seen 20 to 40 ms late. It reads this when it is first imported.
os.environ.setdefault("TEXTUAL_FPS", "500")
