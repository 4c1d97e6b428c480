"""A screen of cells as terminals have it, and what is seen of them."""

import pyte
from pyte.screens import Char


class CellScreen(pyte.Screen):
    """Blanks the other half of a letter of two columns that is written over, as terminals do."""

    def draw(self, data: str) -> None:
        for letter in data:
            self._part(self.cursor.x, left=True)
            super().draw(letter)
            self._part(self.cursor.x)

    def erase_characters(self, count: int | None = None) -> None:
        self._part(self.cursor.x, left=True)
        super().erase_characters(count)
        self._part(self.cursor.x + (count or 1))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        self._part(self.cursor.x + how, left=how == 0)
        super().erase_in_line(how, private)

    def _part(self, x: int, *, left: bool = False) -> None:
        """Blank the half of a letter that lies beside the edge of column `x`."""
        line = self.buffer[self.cursor.y]
        if 0 < x < self.columns and line[x].data == "":
            line[x - left] = line[x - left]._replace(data=" ")

    def seen(self, y: int, x: int) -> Char:
        """A cell as it looks: the colour and the weight of a letter cannot be seen on a blank."""
        cell = self.buffer[y][x]
        if cell.data == " " and not (cell.underscore or cell.strikethrough or cell.reverse):
            return Char(" ", bg=cell.bg)
        return cell

    def cells(self) -> list[list[Char]]:
        """All that is seen, row by row."""
        return [[self.seen(y, x) for x in range(self.columns)] for y in range(self.lines)]
